"""What keeps a piece of a lesson closed until its reader has answered quizzes elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stoa.assessment.queries import answered
from stoa.courseware.queries import Desk, GateData

Closed = dict["Barrier | None", SafeString]
"""Barriers that stand before a reader, each with what is said there."""


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """What keeps a piece of a step closed, and what is said in its place meanwhile."""

    items: tuple[str, ...]
    """Quizzes, all of which must be answered."""
    right: bool
    """Answered right, not only handed in."""
    note: SafeString


def barrier_of(gate: GateData | None, tongue: str) -> Barrier | None:
    """The barrier that a gate of the course is, in the words of the reader's language and the course's tongue."""
    if gate is None:
        return None
    note = render_to_string("site/lesson/_gate.html", {"gate": gate, "tongue": tongue})
    return Barrier(items=tuple(gate["items"]), right=gate["right"], note=note)


def closed_to(desk: Desk, barriers: Iterable[Barrier]) -> Closed:
    """The barriers that the reader of the desk has not opened; to the course team everything is open."""
    if desk.team:
        return {}
    standing = list(barriers)
    done = answered([item for one in standing for item in one.items], enrolment_id=desk.enrolment_id)
    return {one: one.note for one in standing if not set(one.items) <= (done.right if one.right else done.attempted)}


def said_once(barrier: Barrier | None, closed: Closed) -> SafeString:
    """The note at the first of the pieces behind a barrier; the others leave nothing."""
    note = closed[barrier]
    closed[barrier] = SafeString()
    return note
