"""A third witness in plain Python: whatever happened in whatever order, the tables say the same as counting by hand."""

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import sqrt
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stoa.insights.engine.kinds import COURSEWARE, FORUM, NO_ACTS, PROBLEM, TEXT, VIDEO, Kind
from stoa.insights.engine.metrics.build import build
from stoa.insights.tests.metrics.warehouses import DAY, HOUR, MINUTE, SECOND, T0, Event, World, a_warehouse, rows_of

LEARNERS, COURSES = ("ada", "bo", "chi"), ("course-v1:Org+A+1", "course-v1:Org+B+1")
CLASSES = {"video": VIDEO, "problem": PROBLEM, "forum": FORUM, "text": TEXT}
#: Ties, seconds, just within and just over the two limits, midnight, the hour that summer time skips, weeks.
STEPS = (
    0,
    SECOND,
    5 * MINUTE - 1,
    5 * MINUTE,
    5 * MINUTE + 1,
    30 * MINUTE,
    30 * MINUTE + 1,
    HOUR,
    DAY - 1,
    DAY,
    90 * DAY,
)
Told = dict[str, int | float | bool | None]


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    t, found = T0 - MINUTE, []
    for _ in range(draw(st.integers(1, 25))):
        t += draw(st.sampled_from(STEPS))
        found.append(
            Event(
                course=draw(st.sampled_from([0, 0, 1, -1])),
                learner=draw(st.sampled_from([0, 0, 1, 2, -1])),
                t=t,
                kind=draw(st.sampled_from([*Kind])),
                object=draw(st.sampled_from([-1, 0, 1])),
                chapter=draw(st.sampled_from([-1, 2, 3])),
                flag=draw(st.sampled_from([-1, 0, 1])),
            )
        )
    # Late events come in after others that happened later.
    return draw(st.permutations(found))


def by_hand(acts: Sequence[tuple[int, Event]]) -> Told:
    """One registration, counted as the definitions say; acts with the order in which they came in."""
    told = [event for _, event in sorted(acts, key=lambda one: (one[1].t, one[0]))]
    gaps = [(b.t - a.t, a.kind) for a, b in pairwise(told)]
    short = [gap for gap, _ in gaps if gap <= 5 * MINUTE]
    checks = [event for event in told if event.kind == Kind.CHECK]
    days = sorted({event.t // DAY for event in told})
    ms = [gap // 1000 for gap in short]
    mean = sum(short) / len(short) / SECOND if short else None
    return {
        "nevents": len(told),
        "viewed": any(event.kind in COURSEWARE for event in told),
        "nvideo": sum(event.kind in VIDEO for event in told),
        "nplay_video": sum(event.kind == Kind.PLAY for event in told),
        "nproblem_check": len(checks),
        "nproblem_check_hx": sum(event.kind in {Kind.CHECK, Kind.CHECK_BROWSER} for event in told),
        "nproblems_attempted": len({event.object for event in checks if event.object >= 0}),
        "nproblems_correct": len({event.object for event in checks if event.object >= 0 and event.flag == 1}),
        "nforum_events": sum(event.kind in FORUM for event in told),
        "nchapters": len({event.chapter for event in told if event.kind in COURSEWARE and event.chapter >= 0}),
        "first_event": told[0].t,
        "last_event": told[-1].t,
        "ndays_act": len(days),
        "streak": longest(days),
        "nsessions": 1 + sum(gap > 30 * MINUTE for gap, _ in gaps),
        "sum_dt_5": sum(short),
        "sum_dt_30": sum(gap for gap, _ in gaps if gap <= 30 * MINUTE),
        "n_dt": len(short),
        "avg_dt": mean,
        "max_dt": max(short) / SECOND if short else None,
        "sdv_dt": deviation(ms) if short else None,
        **{
            f"time_{name}_{limit}": sum(gap for gap, kind in gaps if kind in kinds and gap <= limit * MINUTE)
            for name, kinds in CLASSES.items()
            for limit in (5, 30)
        },
    }


def longest(days: list[int]) -> int:
    best = run = 1
    for before, after in pairwise(days):
        run = run + 1 if after == before + 1 else 1
        best = max(best, run)
    return best


def deviation(ms: list[int]) -> float:
    mean = sum(ms) / len(ms)
    return sqrt(sum((one - mean) ** 2 for one in ms) / len(ms)) / 1000


@given(events())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_registration_is_what_counting_by_hand_says(some: list[Event]) -> None:
    world = World(courses=list(COURSES), learners=list(LEARNERS), objects=["one", "two", "week1", "week2"], events=some)
    for learner in range(len(LEARNERS)):
        for course in range(len(COURSES)):
            world.enrol(learner, course)
    with tempfile.TemporaryDirectory() as folder:
        warehouse = a_warehouse(Path(folder), world)
        build(warehouse)
        found = rows_of(warehouse, "tables/person_course")

    acts: dict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
    for seq, event in enumerate(some):
        if event.course >= 0 and event.learner >= 0 and event.kind not in NO_ACTS:
            acts[COURSES[event.course], LEARNERS[event.learner]].append((seq, event))
    assert len(found) == len(LEARNERS) * len(COURSES)
    for row in found:
        agrees(row, acts[str(row["course_id"]), str(row["username"])])


def agrees(row: Mapping[str, object], acts: Sequence[tuple[int, Event]]) -> None:
    """Whole numbers are equal, others nearly so: deviations are kept in whole milliseconds."""
    if not acts:
        assert (row["nevents"], row["viewed"], row["first_event"]) == (0, False, None)
        return
    wanted = by_hand(acts)
    exact = {name: value for name, value in wanted.items() if not isinstance(value, float)}
    assert {name: row[name] for name in exact} == exact
    for name in wanted.keys() - exact.keys():
        other, value = row[name], wanted[name]
        assert isinstance(other, float)
        assert isinstance(value, float)
        assert abs(other - value) < 1e-9 + 1e-6 * abs(value)
