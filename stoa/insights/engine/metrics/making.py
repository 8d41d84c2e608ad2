"""What is made of what: every state and table, in the order in which they can be made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions import (
    cohorts,
    course,
    crowds,
    days,
    marks,
    moves,
    pairs,
    person_course,
    problems,
    reading_order,
    videos,
    weeks,
)
from stoa.insights.engine.metrics.expressions.acts import acts, with_gaps
from stoa.insights.engine.metrics.expressions.beside import people
from stoa.insights.engine.metrics.registry.metric import columns
from stoa.insights.engine.metrics.registry.tables import TABLES
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
    """

    part: str
    columns: Columns
    order: Sequence[str]
    make: Callable[[Parts, Time], ir.Table]
    scope: Scope = Scope.WHOLE
    ages: Callable[[Parts, Time, Time], ir.Table] | None = None


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
    _state("state/objects", marks.objects),
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


def _table(
    name: str,
    order: Sequence[str],
    make: Callable[[Parts, Time], ir.Table],
    *,
    scope: Scope = Scope.COURSE,
    ages: Callable[[Parts, Time, Time], ir.Table] | None = None,
) -> Making:
    return Making(
        part=f"tables/{name}",
        columns=columns(TABLES[name]),
        order=order,
        make=make,
        scope=scope,
        ages=ages,
    )


#: Tables, from states, statements and other tables; made not with every batch, but once nothing new comes in.
TABLE_MAKINGS = (
    _table(
        "course",
        ("course",),
        lambda parts, as_of: course.course(people(parts), parts["state/courses"], as_of=as_of),
        ages=lambda parts, before, as_of: course.aged(people(parts), before, as_of),
    ),
    _table(
        "person_course_day",
        ("course", "learner", "day"),
        lambda parts, _: days.person_course_day(parts),
    ),
    _table("course_day", ("course", "day"), lambda parts, _: days.course_day(parts)),
    _table("day", ("day",), lambda parts, _: days.day(parts), scope=Scope.WHOLE),
    _table(
        "step",
        ("course", "position", "object"),
        lambda parts, as_of: reading_order.step(parts, as_of=as_of),
        ages=weeks.another_day,
    ),
    _table(
        "attrition",
        ("course", "split", "answer", "week"),
        lambda parts, as_of: weeks.attrition(parts, as_of=as_of),
        ages=weeks.another_day,
    ),
    _table("pace", ("course", "week"), lambda parts, _: weeks.pace(parts)),
    _table(
        "course_week",
        ("course", "week"),
        lambda parts, as_of: cohorts.course_week(parts, as_of=as_of),
        ages=weeks.another_day,
    ),
    Making(
        part="state/watched",
        columns=videos.WATCHED,
        order=("course", "learner", "object", "first", "last", "ms"),
        make=lambda parts, _: videos.watched(parts),
        scope=Scope.COURSE,
    ),
    _table("video_segment", ("course", "object", "segment"), lambda parts, _: videos.video_segment(parts)),
    _table("video", ("course", "object"), lambda parts, _: videos.video(parts)),
    _table("problem", ("course", "object"), lambda parts, _: problems.problem(parts)),
    _table("reliability", ("course",), lambda parts, _: problems.reliability(parts)),
    _table(
        "answer",
        ("course", "object", "part", "variant", "answer", "correct"),
        lambda parts, _: problems.answer(parts),
    ),
    Making(
        part="state/steps",
        columns=moves.STEPS,
        order=("learner", "place"),
        make=lambda parts, _: moves.steps(parts),
    ),
    _table("network", ("origin", "target"), lambda parts, _: moves.network(parts), scope=Scope.WHOLE),
    _table(
        "area_network",
        ("origin", "target"),
        lambda parts, _: moves.area_network(parts),
        scope=Scope.WHOLE,
    ),
    _table("area", ("rank",), lambda parts, _: crowds.area(parts), scope=Scope.WHOLE),
    _table("person", ("learner",), lambda parts, _: crowds.person(parts), scope=Scope.WHOLE),
    _table("teachers", ("area",), lambda parts, _: crowds.teachers(parts), scope=Scope.WHOLE),
)
MAKINGS = (*STATE_MAKINGS, PERSON_COURSE, *TABLE_MAKINGS)


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
