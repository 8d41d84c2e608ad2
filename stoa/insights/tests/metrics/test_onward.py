"""Tables that are brought up to date batch by batch hold, in every row and column, what a build of everything makes."""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics import leaves
from stoa.insights.engine.metrics.build import advance, build, catch_up
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS
from stoa.insights.engine.metrics.making import MAKINGS
from stoa.insights.engine.metrics.stale import stale
from stoa.insights.engine.metrics.states import PREPARED
from stoa.insights.engine.warehouse import merging
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.metrics.test_oracle import STEPS
from stoa.insights.tests.metrics.warehouses import DAY, HOUR, T0, Event, Value, put, rows_of, silver_rows

COURSES = ("course-v1:Org+A+1", "course-v1:Org+B+1", "Org/C/1")
IPS = {"10.0.0.1": "KE", "10.0.0.2": "FJ", "10.0.0.3": None}
PARTS = (*PREPARED, "state/imported", *(made.part for made in (*MAKINGS, *COMPUTINGS)))
LEARNERS = 6
SAID = (
    *("enrolments", "enrolments", "certificates", "grades", "surveys", "roles"),
    *("profiles", "courses", "blocks", "forum", "imported", "answers"),
)


@dataclass
class Batch:
    """What comes in together; `names` are rows of the dictionary of learners."""

    events: list[Event] = field(default_factory=list)
    said: list[tuple[str, int, dict[str, Value]]] = field(default_factory=list)
    names: list[tuple[int, str, int | None]] = field(default_factory=list)
    ips: list[str] = field(default_factory=list)


def moments() -> st.SearchStrategy[int]:
    """Now and long ago, near one another and weeks apart."""
    return st.builds(
        lambda weeks, days, step: T0 + weeks * 7 * DAY + days * DAY + step,
        st.integers(0, 3),
        st.integers(0, 2),
        st.sampled_from(STEPS),
    )


def events() -> st.SearchStrategy[Event]:
    return st.builds(
        Event,
        course=st.sampled_from([0, 0, 1, 2, -1]),
        learner=st.integers(-1, LEARNERS - 1),
        t=moments(),
        kind=st.sampled_from([*Kind, Kind.PAGE, Kind.CHECK, Kind.PLAY]),
        object=st.sampled_from([-1, 0, 1]),
        chapter=st.sampled_from([-1, 2, 3]),
        a=st.sampled_from([-1, 0, 4_000, 12_000]),
        b=st.sampled_from([-1, 2_000, 9_999]),
        flag=st.sampled_from([-1, 0, 1]),
        ip=st.integers(-1, len(IPS) - 1),
    )


def fields(part: str) -> st.SearchStrategy[dict[str, Value]]:
    """The columns of a statement, beside course, learner and time."""
    one_of = st.sampled_from
    found: dict[str, st.SearchStrategy[dict[str, Value]]] = {
        "enrolments": st.fixed_dictionaries({"active": st.booleans(), "mode": one_of(["honor", "verified"])}),
        "certificates": st.fixed_dictionaries(
            {"status": one_of(["downloadable", "revoked"]), "mode": st.just("honor"), "grade": one_of([0.4, 0.9])}
        ),
        "grades": st.fixed_dictionaries({"percent": one_of([0.2, 0.7]), "passed": one_of([None, True, False])}),
        "surveys": one_of(
            [
                {"survey": "enrolment", "question": "intent", "answer": "certificate"},
                {"survey": "enrolment", "question": "intent", "answer": "browse"},
                {"survey": "exit", "question": "satisfied", "answer": "yes"},
            ]
        ),
        "roles": st.fixed_dictionaries({"role": one_of(["staff", "beta"]), "active": st.booleans()}),
        "profiles": one_of(
            [
                {"field": "gender", "value": "f"},
                {"field": "year_of_birth", "value": "1990"},
                {"field": "country", "value": "IN"},
                {"field": "erased", "value": "1"},
            ]
        ),
        "courses": one_of(
            [
                {"field": "pass_mark", "value": "0.5"},
                {"field": "end", "value": str(T0 + DAY)},
                {"field": "area", "value": "arts"},
                {"field": "title", "value": "Bees"},
            ]
        ),
        "blocks": st.fixed_dictionaries(
            {
                "object": one_of([0, 2, 3]),
                "kind": one_of(["chapter", "video"]),
                "released": one_of([None, T0, T0 + 8 * DAY]),
                "chapter": one_of([-1, 2]),
                "position": st.integers(0, 3),
                "title": one_of(["", "Hives"]),
                "duration_ms": one_of([None, 12_000, 61_000]),
            }
        ),
        "answers": st.fixed_dictionaries(
            {
                "object": one_of([0, 1]),
                "part": one_of(["_2_1", "_3_1"]),
                "answer": one_of(["honey", "wax"]),
                "correct": one_of([None, 0, 1]),
            }
        ),
        "forum": st.fixed_dictionaries(
            {"what": one_of(["thread", "comment"]), "post": one_of(["p1", "p2"]), "endorsed": st.booleans()}
        ),
        "imported": one_of([{"row": json.dumps({"registered": True, "nevents": 5, "grade": 0.5})}]),
    }
    return found[part]


@st.composite
def statements(draw: st.DrawFn) -> tuple[str, int, dict[str, Value]]:
    part = draw(st.sampled_from(SAID))
    told = dict(draw(fields(part)))
    if part != "profiles":
        told["course"] = draw(st.sampled_from([0, 1, 2, -1] if part in {"roles", "surveys"} else [0, 1, 2]))
    if part not in {"courses", "blocks"}:
        told["learner"] = draw(st.integers(0, LEARNERS - 1))
    return part, draw(moments()), told


def batches() -> st.SearchStrategy[Batch]:
    return st.builds(
        Batch,
        events=st.lists(events(), max_size=8),
        said=st.lists(statements(), max_size=5),
        names=st.lists(st.tuples(st.integers(0, LEARNERS - 1), st.sampled_from(["zoe", "#7"]), st.just(7)), max_size=1),
        ips=st.lists(st.sampled_from([*IPS]), max_size=1),
    )


def begun(folder: Path) -> Warehouse:
    """A warehouse that knows names and nothing else."""
    warehouse = Warehouse(folder)
    names: Mapping[str, Sequence[str]] = {
        "courses": COURSES,
        "learners": [f"learner{number}" for number in range(LEARNERS)],
        "objects": ["one", "two", "week1", "week2"],
        "ips": [*IPS],
    }
    with warehouse.alone(), warehouse.writing() as change:
        for kind, known in names.items():
            extra = {"user_id": None} if kind == "learners" else {}
            rows = [{"id": number, "name": name, **extra} for number, name in enumerate(known)]
            put(change, f"dictionaries/{kind}", rows)
        change.say("seq", 0)
    return warehouse


def take(warehouse: Warehouse, batch: Batch) -> None:
    """Let a batch come in, as ingest leaves it: numbered on, small files merged."""
    with warehouse.alone(), warehouse.writing() as change:
        seq = int(change.manifest.facts["seq"])
        if batch.events:
            put(change, "silver", silver_rows(batch.events, seq))
        seq += len(batch.events)
        for part, t, told in batch.said:
            put(change, f"statements/{part}", [{**told, "t": t, "seq": seq}])
            seq += 1
        if batch.names:
            put(
                change,
                "dictionaries/learners",
                [{"id": number, "name": name, "user_id": user_id} for number, name, user_id in batch.names],
            )
            seq += 1
        change.say("seq", seq)
        merging.merge_small(change, warehouse.folder)


def country(ips: Sequence[str]) -> list[str | None]:
    return [IPS[ip] for ip in ips]


def all_of(warehouse: Warehouse) -> dict[str, list[dict[str, object]]]:
    return {part: [dict(row) for row in rows_of(warehouse, part)] for part in PARTS}


def built_anew(warehouse: Warehouse, folder: Path) -> dict[str, list[dict[str, object]]]:
    shutil.copytree(warehouse.folder, folder)
    other = Warehouse(folder)
    with other.alone():
        build(other, country=country)
    return all_of(other)


@pytest.mark.req("R085")
@given(st.lists(batches(), min_size=2, max_size=3), st.sampled_from([20, 1_000_000]))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_batches_one_by_one_make_what_all_at_once_makes(coming: list[Batch], values: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(leaves, "VALUES", values),
        patch.object(merging, "RUN", 3),
    ):
        warehouse = begun(Path(folder) / "w")
        for number, batch in enumerate(coming):
            take(warehouse, batch)
            with warehouse.alone():
                advance(warehouse, country=country)
            anew = built_anew(warehouse, Path(folder) / str(number))
            waiting = stale(warehouse.snapshot().manifest)
            for part, rows in all_of(warehouse).items():
                assert part in waiting or rows == anew[part], part
            if number % 2 == 0:
                continue
            with warehouse.alone():
                catch_up(warehouse)

            assert all_of(warehouse) == anew


def test_only_leaves_that_are_touched_are_written(tmp_path: Path) -> None:
    warehouse = begun(tmp_path / "w")
    take(warehouse, Batch(events=[Event(course=course, learner=n) for course in range(3) for n in range(LEARNERS)]))
    with patch.object(leaves, "VALUES", 100), warehouse.alone():
        advance(warehouse)
        before = warehouse.snapshot().files("tables/person_course")
        take_more = Batch(events=[Event(course=1, learner=2, t=T0 + HOUR)])
    take(warehouse, take_more)
    with patch.object(leaves, "VALUES", 100), warehouse.alone():
        advance(warehouse)

    after = warehouse.snapshot().files("tables/person_course")
    assert len(before) == len(after) == 3 * LEARNERS
    assert len({*before} - {*after}) == 1


def test_where_nothing_came_nothing_changes(tmp_path: Path) -> None:
    warehouse = begun(tmp_path / "w")
    take(warehouse, Batch(events=[Event()]))
    with warehouse.alone():
        advance(warehouse)
        before = warehouse.snapshot()
        advance(warehouse)

    assert warehouse.snapshot() == before


def test_an_act_in_no_course_leaves_no_course_behind(tmp_path: Path) -> None:
    warehouse = begun(tmp_path / "w")
    take(warehouse, Batch(events=[Event()]))
    with warehouse.alone():
        advance(warehouse)
        catch_up(warehouse)
    take(warehouse, Batch(events=[Event(course=-1, t=T0 + HOUR)]))
    with warehouse.alone():
        advance(warehouse)
        behind = stale(warehouse.snapshot().manifest)
        catch_up(warehouse)

    assert not behind["tables/step"]
    assert "tables/pace" not in behind
    assert not stale(warehouse.snapshot().manifest)
