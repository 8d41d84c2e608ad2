"""The command line's part of mail: see the outbox, hold it and let it go."""

import json

import click

from stoa.kernel.clock import now
from stoa.mail import actions, queries

_HELP = """See the outbox, hold it and let it go.

\b
Examples:
  stoa mail status                                  how many mails are in which state
  stoa mail hold "restored the backup of Monday"    let no mail leave
  stoa mail release                                 let mail leave again

Exit codes: 0 done, 1 failed, 2 wrong use.
"""


@click.group(help=_HELP)
def mail() -> None:
    """See the outbox, hold it and let it go."""


@mail.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
def status(*, as_json: bool) -> None:
    """Say how many mails are in which state, and whether they may leave."""
    counts, held = queries.counts(), queries.on_hold()
    if as_json:
        click.echo(json.dumps({"mails": counts, "held": held}))
        return
    for state, number in counts.items():
        click.echo(f"{state:<12}{number:>9,}")
    click.echo("Held: no mail leaves." if held else "Mail may leave.")


@mail.command()
@click.argument("reason")
def hold(reason: str) -> None:
    """Let no mail leave, for instance after a restore from a backup."""
    actions.hold(reason=reason, at=now())
    click.echo("No mail leaves now. `stoa mail release` lets it go.")


@mail.command()
def release() -> None:
    """Let mail leave again."""
    ended = actions.release(at=now())
    click.echo("Mail may leave again." if ended else "There was no hold.")
