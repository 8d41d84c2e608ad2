"""`stoa demo`: a site that looks lived in."""

import click
from rich.console import Console
from rich.progress import Progress, TaskID

from stoa.accounts.actions import AddressTaken, create_person
from stoa.accounts.models import Person
from stoa.catalogue.models import Course
from stoa.kernel.clock import now
from stoa.site.actions import NoCourse, fill, seat_in_the_middle, sit_with_peers

COURSE = "first-steps-in-python"


@click.command()
@click.option("--course", default=COURSE, show_default=True, help="Address of the course that people take.")
@click.option("--learners", default=300, show_default=True, type=click.IntRange(0, 20_000), help="How many people.")
@click.option("--seed", default=1, show_default=True, help="Another number gives other people's names and ways.")
@click.option("--learner", default="", help="Put the account with this mail address in the middle of the course.")
@click.option("--password", default="", help="Make that account with this password where it is not there yet.")
def demo(*, course: str, learners: int, seed: int, learner: str, password: str) -> None:
    """Fill a course with invented learners, runs and weeks of activity. Doing it twice changes nothing.

    \b
    Examples:
      stoa demo
      stoa demo --course bees --learners 1000
      stoa demo --learners 0 --learner ada@example.org --password "long enough to keep"
    """
    chosen = Course.objects.filter(slug=course).first() or Course.objects.order_by("pk").first()
    if chosen is None:
        raise click.ClickException(str(NoCourse.__doc__))
    if learners:
        _fill(chosen, learners, seed)
    if learner:
        _seat(chosen, learner, password)


def _fill(course: Course, learners: int, seed: int) -> None:
    with Progress(console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            task = tasks.get(stage)
            if task is None:
                task = tasks[stage] = bars.add_task(stage, total=total)
            bars.update(task, completed=done)

        try:
            filled = fill(course=course, number=learners, seed=seed, at=now(), progress=show)
        except NoCourse as reason:
            raise click.ClickException(str(NoCourse.__doc__)) from reason
    click.echo(
        f"{course.title}: {filled.runs} runs, {filled.people} people, "
        f"{filled.enrolments} enrolments, {filled.reviews} new reviews, {filled.attempts} new quiz attempts."
    )


def _seat(course: Course, email: str, password: str) -> None:
    try:
        if password:
            create_person(email=email, display_name="Ada Learner", password=password, at=now())
    except AddressTaken:
        click.echo(f"{email} has an account already; its password stays as it is.", err=True)
    person = Person.objects.filter(email=email.strip().lower()).first()
    run = course.runs.select_related("version", "course__organisation").order_by("pk").first()
    if person is None:
        raise click.ClickException(f"Nobody has the address {email} yet; give --password to make the account.")
    if run and seat_in_the_middle(person=person, run=run, at=now()):
        click.echo(f"{email} is in the middle of {course.title}.")
    if run and (made := sit_with_peers(person=person, run=run, at=now())):
        click.echo(f"{email} has handed in, and {made} reviews were made around that.")
