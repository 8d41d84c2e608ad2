"""`stoa insights …`: its commands are loaded only when someone types their name."""

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Final

import click

_HELP = """Who the learners are and what they do, from any MOOC's log; no site is needed.

\b
Examples:
  stoa insights ingest logs/                  read a folder of Open edX tracking logs
  stoa insights build                         compute every table
  stoa insights export person_course -o -     take one along
  stoa insights serve                         look at it

Exit codes: 0 done, 1 failed, 2 wrong use.
"""

#: Name → where its code is (below stoa.insights.commands) and what it does.
COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "ingest": ("ingesting:ingest", "Read logs and tables into a warehouse."),
    "build": ("building:build", "Compute every table of a warehouse."),
    "export": ("exporting:export", "Write a table as CSV, Parquet or JSON."),
    "serve": ("serving:serve", "Show the dashboards of a warehouse."),
    "answer": ("answering:answer", "Answer pages from a warehouse; `serve` calls it."),
    "follow": ("following:follow", "Follow a site's event spool and answer its pages; `stoa up` calls it."),
    "work": ("working:work", "Read, keep the tables, answer; `follow` calls it."),
    "draw": ("drawing:draw", "Draw a downloaded chart specification again."),
    "report": ("reporting:report", "Write the report: one question, one figure each."),
    "release": ("releasing:release", "Write a person-course table that is safe to publish."),
    "forget": ("forgetting:forget", "Make learners unknown in a warehouse."),
    "demo": ("demonstrating:demo", "Make a realistic log of any size, with its truth."),
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return [name for name, (source, _) in COMMANDS.items() if importlib.util.find_spec(_module(source))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        source, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(_module(source)), source.partition(":")[2])
        if not isinstance(command, click.Command):
            raise TypeError(f"{source} is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _module(source: str) -> str:
    return f"stoa.insights.commands.{source.partition(':')[0]}"


@click.group(cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
def insights() -> None:
    """Everything that Insights does from the command line."""
