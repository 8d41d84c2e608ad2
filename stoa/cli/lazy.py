"""A command group that imports a command only when someone calls it."""

import importlib
from collections.abc import Sequence
from copy import copy
from pathlib import Path

import click

from stoa.cli.registry import COMMANDS, Entry

_HELP = {"--help", "-h"}
CODES = "Exit codes: 0 done, 1 failed, 2 wrong use, 3 Stoa can't start."


class LazyGroup(click.Group):
    """Lists what the registry names; loads Django for the commands that need the site."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed; the data folder may be named before the command or behind it."""
        return super().parse_args(ctx, _data_first(args))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command of the rooms that are installed."""
        del ctx
        return [name for name, entry in COMMANDS.items() if entry.is_there]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a question for help touches no data."""
        entry = COMMANDS.get(args[0]) if args else None
        if entry is None or not entry.is_there:
            return super().resolve_command(ctx, args)
        return args[0], _ready(entry, ctx.params["data"], only_help=bool(_HELP & set(args[1:]))), args[1:]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Only names are asked here (for "did you mean"): nothing is loaded."""
        del ctx, cmd_name
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the registry's own words."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].does) for name in self.list_commands(ctx)])


def _data_first(args: Sequence[str]) -> list[str]:
    """The same with `--data FOLDER` in front, where it was typed before `--`."""
    until = args.index("--") if "--" in args else len(args)
    for place, word in enumerate(args[:until]):
        length = 2 if word == "--data" else 1
        if word.partition("=")[0] == "--data":
            return [*args[place : place + length], *args[:place], *args[place + length :]]
    return list(args)


def _ready(entry: Entry, data: Path, *, only_help: bool) -> click.Command:
    if not entry.needs_site:
        return _with_codes(entry.load())
    # Django and psycopg take half a second to import, which `stoa --help` must not wait for.
    command = importlib.import_module("stoa.cli.sites").ready(entry, data, only_help=only_help)
    if not isinstance(command, click.Command):
        raise TypeError(f"{entry.source} is no click command")
    return _with_codes(command)


def _with_codes(command: click.Command) -> click.Command:
    """The command whose help says what its exit codes mean; those of all commands, where it has no others."""
    if "Exit code" in f"{command.help} {command.epilog}":
        return command
    told = copy(command)
    told.epilog = f"{command.epilog}\n\n{CODES}" if command.epilog else CODES
    return told
