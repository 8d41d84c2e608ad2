"""rerun: each run after the one before it, each module after the one before it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import duckdb

from stoa.insights.engine.metrics.computed.rows import Row

_MODULE: Final = re.compile(r"(.+)\.(\d+)x?$")
_COURSES = """
    SELECT course_id, coalesce(previous_run, ''), participants FROM "tables/course" WHERE registered > 0
    ORDER BY start NULLS FIRST, course_id
"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of a course."""

    course: str
    previous: str
    participants: int
    start: int = 0

    @property
    def family(self) -> str:
        """What all runs of a course have in common."""
        parts = re.split(r"[+/]", self.course.removeprefix("course-v1:").removeprefix("ccx-v1:"))
        return "+".join(parts[:2])


@dataclass(frozen=True, kw_only=True)
class Transition:
    """From one run (or module) to the next."""

    place: int  # 1: from the first to the second
    before: Run
    after: Run

    @property
    def change(self) -> float:
        """-0.25: a quarter fewer."""
        return self.after.participants / self.before.participants - 1


def run_transitions(runs: Iterable[Run]) -> list[Transition]:
    """Each run after its predecessor; the runs come in order of their start."""
    seen: dict[str, tuple[int, Run]] = {}
    last: dict[str, Run] = {}
    found = []
    for run in runs:
        before = seen[run.previous][1] if run.previous in seen else last.get(run.family)
        place = seen[before.course][0] + 1 if before else 0
        seen[run.course], last[run.family] = (place, run), run
        if before:
            found.append(Transition(place=place, before=before, after=run))
    return found


def module_transitions(runs: Iterable[Run]) -> list[Transition]:
    """Each module's first run after that of the module before it."""
    modules: dict[str, dict[int, Run]] = {}
    for run in runs:
        if parts := _MODULE.match(run.family):
            modules.setdefault(parts[1], {}).setdefault(int(parts[2]), run)
    found = []
    for series in modules.values():
        order = [series[number] for number in sorted(series)]
        pairs = enumerate(pairwise(order), start=1)
        found += [Transition(place=place, before=before, after=after) for place, (before, after) in pairs]
    return found


def rerun(sql: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One row a transition."""
    runs = [
        Run(course=course, previous=previous, participants=participants)
        for course, previous, participants in sql.execute(_COURSES).fetchall()
    ]
    for kind, found in (("run", run_transitions(runs)), ("module", module_transitions(runs))):
        for one in sorted(found, key=lambda one: (one.after.course, one.place)):
            yield {
                "kind": kind,
                "before": one.before.course,
                "after": one.after.course,
                "turn": one.place,
                "participants_before": one.before.participants,
                "participants_after": one.after.participants,
                "change": one.change if one.before.participants else None,
            }
