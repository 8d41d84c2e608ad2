"""What is made of what: every state and table, in the order in which they can be made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions import course, marks, pairs, person_course
from stoa.insights.engine.metrics.expressions.acts import acts, with_gaps
from stoa.insights.engine.metrics.states import PREPARED, STATES
from stoa.insights.engine.schema import DICTIONARIES, SILVER, STATEMENTS, Columns, statement

Parts = Mapping[str, ir.Table]
#: Microseconds since 1970.
Time: TypeAlias = ir.IntegerScalar


class Scope(Enum):
    """What rows of a part are made from, so that new events remake no others. Parts of a scope start their order by it.

    REGISTRATION: from rows about the same course and learner, and what is known of the course, the learner, addresses.
    COURSE: from rows about the same course. WHOLE: from anything, so that nothing less than all of it is remade.
    """

    REGISTRATION = "registration"
    COURSE = "course"
    WHOLE = "whole"


@dataclass(frozen=True, kw_only=True)
class Making:
    """How a part is made: columns, order, and the expression over other parts and the time of the last event.

    `ages` are rows that name the courses (`course`) which change between two times though nothing happens in them.
    `at_rest`: not with every batch, but once nothing new comes in.
    """

    part: str
    columns: Columns
    order: Sequence[str]
    make: Callable[[Parts, Time], ir.Table]
    scope: Scope = Scope.WHOLE
    ages: Callable[[Parts, Time, Time], ir.Table] | None = None
    at_rest: bool = False


def _state(part: str, make: Callable[[ir.Table], ir.Table], *, gapped: bool = False) -> Making:
    def from_silver(parts: Parts, as_of: Time) -> ir.Table:
        del as_of
        told = acts(parts["silver"])
        return make(with_gaps(told) if gapped else told)

    columns = STATES[part]
    keys = [name for name in columns if name in {"course", "learner", "day", "object", "chapter", "ip"}]
    return Making(part=part, columns=columns, order=keys, make=from_silver, scope=Scope.REGISTRATION)


#: States of registrations, from events alone.
STATE_MAKINGS = (
    _state("state/pairs", pairs.pairs, gapped=True),
    _state("state/days", pairs.days, gapped=True),
    _state("state/tries", marks.tries),
    _state("state/chapters", marks.chapters),
    _state("state/ips", marks.ips),
)
PERSON_COURSE = Making(
    part="tables/person_course",
    columns=person_course.FILE,
    order=person_course.ORDER,
    make=lambda parts, _: person_course.person_course(parts),
    scope=Scope.REGISTRATION,
)
#: Tables, from states, statements and events.
TABLE_MAKINGS = (
    Making(
        part="tables/course",
        columns=course.COURSE,
        order=("course",),
        make=lambda parts, as_of: course.course(people(parts), parts["state/courses"], as_of=as_of),
        scope=Scope.COURSE,
        ages=lambda parts, before, as_of: course.aged(people(parts), before, as_of),
    ),
)
MAKINGS = (*STATE_MAKINGS, PERSON_COURSE, *TABLE_MAKINGS)


def people(parts: Parts) -> ir.Table:
    """Registrations without the team."""
    told = parts["tables/person_course"]
    return told.filter(told.roles.isnull())


def columns_of(part: str) -> Columns:
    """The columns of any part."""
    if part == "silver":
        return SILVER
    if part in STATEMENTS:
        return statement(part)
    made = {making.part: making.columns for making in MAKINGS}
    known = {**DICTIONARIES, **PREPARED, **made, "state/imported": person_course.FILE}
    return known[part]


class OnTheBench(Mapping[str, ir.Table]):
    """The parts as tables, opened when asked for."""

    def __init__(self, open_part: Callable[[str, Columns], ir.Table]) -> None:
        self._open = open_part
        self._opened: dict[str, ir.Table] = {}

    @property
    def opened(self) -> tuple[str, ...]:
        """The parts that were asked for."""
        return tuple(self._opened)

    def __getitem__(self, part: str) -> ir.Table:
        if part not in self._opened:
            self._opened[part] = self._open(part, columns_of(part))
        return self._opened[part]

    def __iter__(self) -> Iterator[str]:
        return iter(("silver", *STATEMENTS, *DICTIONARIES))

    def __len__(self) -> int:
        return len(list(iter(self)))
