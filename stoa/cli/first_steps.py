"""What happens once, when a site is new: accounts, a course, and people in it, so that no page is empty."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import click

from stoa.accounts.actions import AddressTaken, create_administrator, create_person
from stoa.accounts.models import Person
from stoa.catalogue.actions import teach
from stoa.catalogue.models import Course
from stoa.cli.marks import mark
from stoa.cli.registry import COMMANDS
from stoa.kernel.clock import now

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "courses" / "first-steps-in-python"
ADMINISTRATOR, LEARNER = "admin@stoa.example", "learner@stoa.example"


def take_first_steps(ctx: click.Context, data: Path, *, bare: bool) -> None:
    """Take each step once; what fails is said, and tried again at the next start."""
    # The accounts come last: their passwords should stand where they are seen.
    steps: tuple[Step, ...] = (make_accounts,) if bare else (bring_in_the_course, make_accounts)
    for step in steps:
        _once(step, ctx, data)


@click.command()
@click.pass_context
def people(ctx: click.Context) -> None:
    """Fill a new site with demo learners, once; `stoa up` does this by itself while the pages are up already.

    \b
    Example:
      stoa people
    """
    _once(fill_with_people, ctx, Path(os.environ["STOA_DATA"]))


Step = Callable[[click.Context], bool]


def _once(step: Step, ctx: click.Context, data: Path) -> None:
    taken = mark(data, step.__name__)
    if not taken.exists() and step(ctx):
        taken.parent.mkdir(exist_ok=True)
        taken.touch()


def bring_in_the_course(ctx: click.Context) -> bool:
    """The course that comes with Stoa; an installation without its sources has none."""
    return COURSE.exists() and _run(ctx, "import", str(COURSE))


def fill_with_people(ctx: click.Context) -> bool:
    """Learners, runs and activity."""
    return COURSE.exists() and _run(ctx, "demo", "--learner", LEARNER)


def make_accounts(ctx: click.Context) -> bool:
    """An administrator and a learner, whose passwords are random and shown this once."""
    made = [_account(ADMINISTRATOR, "Administrator"), _account(LEARNER, "Ada Learner")]
    if COURSE.exists() and not ctx.params["bare"]:
        _give_course()
        _run(ctx, "demo", "--learners", "0", "--learner", LEARNER)
    lines = [f"  {email:<24} {password}" for email, password in made if password]
    if lines:
        click.echo("\n".join(["", "Sign in with (shown only now, keep them):", *lines, ""]))
    return True


def _give_course() -> None:
    """The administrator answers for the course that comes with Stoa, until somebody else gives it."""
    course = Course.objects.filter(slug=COURSE.name).first()
    administrator = Person.objects.filter(email=ADMINISTRATOR).first()
    if course and administrator:
        teach(course=course, person=administrator)


def _account(email: str, name: str) -> tuple[str, str]:
    """The account's password, or nothing where somebody has the address already."""
    password = secrets.token_urlsafe(12)
    make = create_administrator if email == ADMINISTRATOR else create_person
    try:
        make(email=email, display_name=name, password=password, at=now())
    except AddressTaken:
        return email, ""
    return email, password


def _run(ctx: click.Context, name: str, *words: str) -> bool:
    """Run another room's command inside this one; False where it isn't there or fails, which doesn't stop a start."""
    entry = COMMANDS[name]
    if not entry.is_there:
        return False
    try:
        entry.load().main(list(words), prog_name=f"stoa {name}", standalone_mode=False, parent=ctx)
    except click.ClickException as reason:
        reason.show()
        return False
    return True
