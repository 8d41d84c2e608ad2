"""What stands above every page about an assignment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise as Lazy

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment

Words = str | Lazy


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of an assignment: handing in, reviewing, looking back, the score."""

    name: str
    when: str
    state: str
    """done, now or later."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Where the reader is."""

    course_title: str
    course_language: str
    run_address: str
    title: str
    assignment_address: str
    heading: Words
    place: Words
    """The last crumb."""
    tag: Words = ""
    """What is left to do."""
    steps: Sequence[Stage] = ()

    def over(self, heading: Words, place: Words) -> "Heading":
        """The same above a page below this one, which shows no stages."""
        return replace(self, heading=heading, place=place, tag="", steps=())


def heading_of(
    desk: Desk,
    assignment: Assignment,
    *,
    heading: Words,
    place: Words,
    tag: Words = "",
    steps: Sequence[Stage] = (),
) -> Heading:
    """The heading of a page about an assignment."""
    return Heading(
        course_title=desk.title,
        course_language=desk.language,
        run_address=desk.address,
        title=assignment.published.title,
        assignment_address=address_of(desk, assignment),
        heading=heading,
        place=place,
        tag=tag,
        steps=steps,
    )


def address_of(desk: Desk, assignment: Assignment) -> str:
    """Where the assignment's pages begin."""
    return f"{desk.address}assignments/{assignment.item_id}/"
