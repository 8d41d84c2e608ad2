"""Every table says in every column what counting by hand says, whatever happened in whatever order."""

import tempfile
from collections.abc import Callable, Sequence
from math import isclose
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.metrics.registry.tables import TABLES
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.metrics.by_hand import items, networks, weeks
from stoa.insights.tests.metrics.by_hand.seen import Cell, Row, Rows, Seen
from stoa.insights.tests.metrics.test_oracle import STEPS
from stoa.insights.tests.metrics.warehouses import DAY, T0, Event, World, a_warehouse, rows_of

COUNTED: dict[str, Callable[[Seen], Rows]] = {
    name: getattr(where, name)
    for where, names in (
        (items, ("video", "video_segment", "problem", "reliability", "answer")),
        (weeks, ("person_course_day", "course_day", "day", "step", "attrition", "pace", "course_week")),
        (networks, ("network", "area_network", "area_balance", "area", "person", "teachers")),
    )
    for name in names
}
#: Columns that have tests of their own: they come from chance, from an estimate, or are counted in test_oracle.
ELSEWHERE: dict[str, set[str]] = {
    "area_balance": {"expected", "spread", "p_value"},
    **{
        name: {metric.name for metric in TABLES[name]} for name in ("item_response", "rerun", "person_course", "course")
    },
}
#: Kinds that tables look at, each as likely as all others together.
KINDS = (Kind.PLAY, Kind.PAUSE, Kind.SEEK, Kind.STOP, Kind.CHECK, Kind.ANSWER_SHOWN, Kind.PAGE, Kind.MEDIA_FAILED)
PLACES = (-1, 0, 4_999, 5_000, 12_000, 31_000, 5 * 3_600_000)
LEARNERS, COURSES = ("ada", "bo", "chi", "dee"), ("course-v1:Org+A+1", "course-v1:Org+A+2", "course-v1:Org+B+1")
PROFILES = (
    *(("gender", "f"), ("gender", "m"), ("year_of_birth", "1999"), ("year_of_birth", "1960")),
    *(("level_of_education", "b"), ("level_of_education", "hs"), ("country", "US"), ("country", "KE")),
    *(("teacher", "now"), ("teacher", "never"), ("subject_taught", "arts")),
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World(courses=[*COURSES], learners=[*LEARNERS], objects=["one", "two", "week1"])
    world.events = draw(st.permutations(draw(happenings())))
    for field, value in (("area", "arts"), ("start", str(T0 + 3 * DAY)), ("hours_a_week", "2.5")):
        world.say("courses", course=0, field=field, value=value)
    world.say("courses", course=2, field="area", value="bees")
    for course in range(2):
        described(world, course, draw)
    for learner in range(len(LEARNERS)):
        said(world, learner, draw)
    for _ in range(draw(st.integers(0, 8))):
        answered(world, draw)
    return world


@st.composite
def happenings(draw: st.DrawFn) -> list[Event]:
    t, found = T0 - 60_000_000, []
    for _ in range(draw(st.integers(1, 40))):
        t += draw(st.sampled_from((0, 1_000_000, 60_000_000, *STEPS)))
        found.append(
            Event(
                course=draw(st.sampled_from([0, 0, 0, 1, 2, -1])),
                learner=draw(st.sampled_from([0, 0, 1, 1, 2, 3, -1])),
                t=t,
                kind=draw(st.one_of(st.sampled_from(KINDS), st.sampled_from([*Kind]))),
                object=draw(st.sampled_from([-1, 0, 0, 1])),
                a=draw(st.sampled_from(PLACES)),
                b=draw(st.sampled_from(PLACES)),
                flag=draw(st.sampled_from([-1, 0, 1])),
            )
        )
    return found


def described(world: World, course: int, draw: st.DrawFn) -> None:
    """Blocks of one description."""
    rows = world.statements.setdefault("statements/blocks", [])
    for position, number in enumerate(draw(st.permutations([0, 1, 2]))[: draw(st.integers(0, 3))]):
        rows.append(
            {
                "course": course,
                "object": number,
                "kind": draw(st.sampled_from(["video", "problem"])),
                "position": position,
                "title": draw(st.sampled_from(["", "Hives"])),
                "chapter": draw(st.sampled_from([-1, 2])),
                "duration_ms": draw(st.sampled_from([None, 12_000, 61_001])),
                "t": T0,
                "seq": 0,
            }
        )


def said(world: World, learner: int, draw: st.DrawFn) -> None:
    """What is known of a learner."""
    for course in draw(st.sets(st.integers(0, 2))):
        world.enrol(learner, course, t=T0 + draw(st.sampled_from([-DAY, 0, 40 * DAY])))
        if draw(st.booleans()):
            world.certify(learner, course, t=T0 + draw(st.sampled_from([DAY - 1, DAY, 90 * DAY])))
        if draw(st.booleans()):
            intent = draw(st.sampled_from(["certificate", "some"]))
            world.say("surveys", course=course, learner=learner, survey="enrolment", question="intent", answer=intent)
        if draw(st.booleans()):
            told = draw(st.sampled_from([("reason", "done"), ("reason", "time"), ("satisfied", "yes")]))
            world.say("surveys", course=course, learner=learner, survey="exit", question=told[0], answer=told[1])
    for field, value in draw(st.lists(st.sampled_from(PROFILES), max_size=6)):
        world.say("profiles", learner=learner, field=field, value=value)
    if learner == len(LEARNERS) - 1 and draw(st.booleans()):
        world.say("roles", course=0, learner=learner, role="staff", active=True)


def answered(world: World, draw: st.DrawFn) -> None:
    """An answer to a part of a problem."""
    rows = world.statements.setdefault("statements/answers", [])
    rows.append(
        {
            "course": draw(st.sampled_from([0, 0, 1])),
            "learner": draw(st.sampled_from([0, 1, 3])),
            "object": draw(st.sampled_from([0, 1])),
            "part": draw(st.sampled_from(["_2_1", "_3_1"])),
            "answer": draw(st.sampled_from(["honey", "wax"])),
            "choice": draw(st.sampled_from(["choice_0", "choice_1"])),
            "variant": draw(st.sampled_from([None, "7"])),
            "question": draw(st.sampled_from([None, "What do bees make?"])),
            "correct": draw(st.sampled_from([None, 0, 1])),
            "t": T0 + draw(st.sampled_from([0, 0, DAY])),
            "seq": len(rows),
        }
    )


@pytest.mark.req("R013", "R015", "R016", "R017", "R020")
@given(worlds())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_table_is_what_counting_by_hand_says(world: World) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = a_warehouse(Path(folder), world)
        build(warehouse)

        is_counted(warehouse, world)


def a_busy_world() -> World:
    """One in which much happened, the same every time."""
    quick = settings(phases=[Phase.generate], max_examples=5_000, database=None, suppress_health_check=[*HealthCheck])
    return find(worlds(), is_busy, settings=quick, random=Random(1))  # noqa: S311 -- chance for a test, not a secret


def is_busy(world: World) -> bool:
    said = world.statements
    parts = ("roles", "certificates", "surveys", "answers", "blocks")
    return len(world.events) >= 30 and all(len(said.get(f"statements/{part}", ())) for part in parts)


def is_counted(warehouse: Warehouse, world: World) -> None:
    """Whether every table of this warehouse is what counting by hand says."""
    seen = Seen(world, rows_of(warehouse, "tables/person_course"))
    for name, counted in COUNTED.items():
        agree(name, rows_of(warehouse, f"tables/{name}"), counted(seen))
    agree("typical", rows_of(warehouse, "tables/typical"), networks.typical([*rows_of(warehouse, "tables/course")]))


def agree(table: str, found: Sequence[Row], wanted: Rows) -> None:
    """Numbers that were divided are equal up to the last bits, all others wholly."""
    columns = [metric.name for metric in TABLES[table] if metric.name not in ELSEWHERE.get(table, set())]
    divided = [name for name in columns if any(isinstance(row[name], float) for row in (*found, *wanted))]
    keys = [name for name in columns if name not in divided]
    ours, theirs = (sorted(rows, key=lambda row: repr([row[name] for name in keys])) for rows in (found, wanted))
    exact = [[{name: row[name] for name in keys} for row in rows] for rows in (ours, theirs)]
    assert exact[0] == exact[1], table
    for one, other in zip(ours, theirs, strict=True):
        for name in divided:
            assert near(one[name], other[name]), (table, name, one, other)


def near(one: Cell, other: Cell) -> bool:
    """Whether two numbers are the same but for the last bits, or neither is one."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def test_every_table_has_a_witness() -> None:
    known = {*COUNTED, "typical", *ELSEWHERE}

    assert known == {*TABLES}
