"""The peer forum: what the courses of a learner ask to talk about, in one list."""

from dataclasses import dataclass

from stoa.accounts.models import Person
from stoa.courseware import queries


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A step that asks for a talk."""

    title: str
    module: str
    address: str
    done: bool


@dataclass(frozen=True, kw_only=True)
class Circle:
    """The talks of one run."""

    title: str
    run: str
    address: str
    talks: tuple[Talk, ...]


def circles_of(person: Person) -> tuple[Circle, ...]:
    """The runs of a learner that have something to talk about, the one last open first."""
    circles = (
        Circle(title=seat.title, run=seat.run, address=seat.address, talks=_talks(seat))
        for seat in queries.seats_of(person)
    )
    return tuple(circle for circle in circles if circle.talks)


def _talks(seat: queries.Seat) -> tuple[Talk, ...]:
    asking = queries.steps_that_hold(seat.version_id, "discussion")
    return tuple(
        Talk(
            title=step.title,
            module=module.title,
            address=f"{seat.address}steps/{step.id}/",
            done=step.id in seat.done,
        )
        for module in seat.outline.modules
        for step in module.steps
        if step.id in asking
    )
