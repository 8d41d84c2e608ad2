"""The command line's part of mail: see the outbox, hold it and let it go."""

import click

from stoa.kernel.clock import now
from stoa.mail import actions, queries


@click.group()
def mail() -> None:
    """See the outbox, hold it and let it go."""


@mail.command()
def status() -> None:
    """Say how many mails are in which state, and whether they may leave."""
    for state, number in queries.counts().items():
        click.echo(f"{state:<12}{number:>9,}")
    click.echo("Held: no mail leaves." if queries.on_hold() else "Mail may leave.")


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
