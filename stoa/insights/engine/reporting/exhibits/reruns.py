"""How a course changes from run to run, and from module to module; each transition by itself."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from stoa.insights.engine.metrics.computed.reruns import Run, Transition, module_transitions, run_transitions
from stoa.insights.engine.reporting.exhibit import LEAST, Exhibit, Grid, chart, counted, courses_of
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import NO_BREAK, figure
from stoa.insights.rules.charts.specification import Kind, Row

_METHOD: Final = (
    "Participants of a run divided by those of the run before it, less one; a run's predecessor is the one that its "
    "description names, else the earlier run with the same organisation and number. Modules are courses whose numbers "
    "differ in their last part only (X.1, X.2); their first runs are compared. Medians over courses, each "
    "transition by itself. Runs with fewer than 10 participants are left out."
)
_ORDINALS: Final = {1: "1st", 2: "2nd", 3: "3rd"}
_COURSES = "SELECT course_id, previous_run, area, start, participants FROM courses ORDER BY start, course_id"


def words_of(one: Transition) -> str:
    """1st to 2nd."""
    return f"{_ordinal(one.place)} to {_ordinal(one.place + 1)}"


def _ordinal(place: int) -> str:
    return _ORDINALS.get(place, f"{place}th")


def runs_of(people: People) -> list[Run]:
    """All runs, the earlier first."""
    return [
        Run(course=course, previous=previous, participants=int(participants), start=int(start))
        for course, previous, _, start, participants in people.words(_COURSES)
    ]


def large(transitions: Iterable[Transition]) -> list[Transition]:
    """Those between two that had ten participants each."""
    return [one for one in transitions if min(one.before.participants, one.after.participants) >= LEAST]


def medians(transitions: Iterable[Transition]) -> dict[str, tuple[float, int]]:
    """1st to 2nd → the median change, and of how many courses."""
    changes: dict[str, list[float]] = {}
    for one in sorted(transitions, key=lambda one: one.place):
        changes.setdefault(words_of(one), []).append(one.change)
    return {words: (float(np.median(all_of_it)), len(all_of_it)) for words, all_of_it in changes.items()}


def _said(change: float, thing: str) -> str:
    sign = "\N{MINUS SIGN}" if change < 0 else "+"
    return f"{sign}{figure(abs(round(100 * change, 1)))}{NO_BREAK}% of the participants of the {thing} before"


def reruns(people: People) -> Exhibit:
    """Runs and modules."""
    runs = runs_of(people)
    kinds = {"run": large(run_transitions(runs)), "module": large(module_transitions(runs))}
    said = {
        f"{kind.capitalize()}s, {words}": f"{_said(median, kind)} (median of {courses_of(n)})"
        for kind, found in kinds.items()
        for words, (median, n) in medians(found).items()
    }
    rows = [
        Row(key=f"{kind} {words}", label=f"{kind.capitalize()}s, {words}", value=round(100 + 100 * median, 1))
        for kind, found in kinds.items()
        for words, (median, _) in medians(found).items()
    ]
    note = "Participants for every 100 of the run or module before; median over courses."
    return Exhibit(
        anchor="reruns",
        question="Is a run smaller than the one before it?",
        answer=". ".join(f"{name}: {words}" for name, words in said.items()) + "." if said else "No course ran twice.",
        number=next(iter(said.values()), "no course ran twice"),
        denominator="participants of the run, or the module, before",
        method=_METHOD,
        charts=(chart(Kind.BARS, "Participants for every 100 before", rows, who=note, n=None, method=_METHOD,
                      note=note),) if rows else (),
        grids=tuple(_grid(kind, found) for kind, found in kinds.items() if found),
    )  # fmt: skip


def _grid(kind: str, found: Iterable[Transition]) -> Grid:
    rows = tuple(
        (
            words_of(one),
            one.before.course,
            one.after.course,
            counted(one.before.participants),
            counted(one.after.participants),
            _said(one.change, kind),
        )
        for one in sorted(found, key=lambda one: (one.place, one.after.course))
    )
    head = ("transition", f"{kind} before", kind, "participants before", "participants", "change")
    return Grid(caption=f"Each {kind} after the one before it", head=head, rows=rows)
