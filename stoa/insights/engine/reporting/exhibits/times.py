"""How long a credential takes."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.reporting.exhibit import LEAST, Exhibit, Grid, chart, counted, courses_of, guarded
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Kind, Row

HOUR, MINUTE = 3_600_000_000, 60_000_000
FAST_MINUTES: Final = 23
_METHOD: Final = (
    "Time in the course is the sum of the gaps between a learner's acts; gaps over 30 minutes are not counted. Time "
    "to the credential runs by the clock from the first act to the issue. Percentiles are interpolated linearly. A "
    f"credential issued within {FAST_MINUTES} minutes of the first act is listed for a person to look at; no "
    "credential is denied for it."
)
_STEPS: Final = (0.5, 1, 2, 5, 10, 20, 50)
"""So many hours wide is a bar: the first with which six bars reach nine tenths of the earners."""


def hours(people: People) -> NDArray[np.float64]:
    """Hours in the course of each who earned the credential."""
    return people.numbers("SELECT spent FROM people WHERE certified AND nevents > 0") / HOUR


def minutes_to(people: People) -> NDArray[np.float64]:
    """Minutes by the clock from the first act to the credential."""
    return people.numbers("SELECT cert_time - first_event FROM people WHERE certified AND cert_time IS NOT NULL "
                          "AND first_event IS NOT NULL") / MINUTE  # fmt: skip


def very_fast(people: People) -> int:
    """Credentials for a person to look at."""
    return int((minutes_to(people) < FAST_MINUTES).sum())


def times(people: People) -> Exhibit:
    """The median and the first percentile."""
    spent, taken = hours(people), minutes_to(people)
    told = len(spent) >= LEAST
    median = f"{figure(round(float(np.median(spent)), 1))} hours" if told else "too few to tell"
    rows = _bars(spent)
    courses = _by_course(people)
    return Exhibit(
        anchor="time",
        question="How long does a credential take?",
        answer=_answer(median, spent, taken, courses) if told else "There are too few credentials to tell.",
        number=median,
        denominator=f"the median of {counted(len(spent))} credential earners with acts in the log",
        method=_METHOD,
        charts=(chart(Kind.BARS, "Hours in the course", rows, who="credential earners", n=len(spent),
                      method=_METHOD),) if told else (),
        grids=(
            _percentiles(spent, taken),
            Grid(caption="For a person to look at", head=("what", "number"),
                 rows=((f"credentials within {FAST_MINUTES} minutes of the first act", counted(very_fast(people))),)),
            Grid(caption="Median hours of credential earners, course by course", head=("course", "hours", "earners"),
                 rows=tuple((name, figure(value), figure(n)) for name, value, n in courses)),
        ),
    )  # fmt: skip


def _bars(spent: NDArray[np.float64]) -> list[Row]:
    most = float(np.percentile(spent, 90)) if len(spent) else 0
    step = next((one for one in _STEPS if 6 * one >= most), _STEPS[-1])
    starts = [step * place for place in range(6)]
    names = [
        *(f"{figure(start)} to {figure(start + step)} h" for start in starts[:-1]),
        f"{figure(starts[-1])} h and more",
    ]
    counts = [int(one) for one in np.histogram(spent, bins=[*starts, np.inf])[0]]
    return [
        Row(key=name, label=name, value=None if hide else count)
        for name, count, hide in zip(names, counts, guarded(counts), strict=True)
    ]


def _answer(
    median: str, spent: NDArray[np.float64], taken: NDArray[np.float64], courses: list[tuple[str, float, int]]
) -> str:
    first = float(np.percentile(spent, 1)) * 60
    typical = (
        f" In a typical course the median is {figure(round(float(np.median([value for _, value, _ in courses])), 1))} "
        f"hours ({courses_of(len(courses))})."
        if courses
        else ""
    )
    clock = f", by the clock {figure(round(float(np.median(taken)) / 1440, 1))} days" if len(taken) >= LEAST else ""
    return (
        f"Half of the credential earners spent {median} or less in the course{clock}; every hundredth spent "
        f"{figure(round(first, 1))} minutes or less.{typical}"
    )


def _percentiles(spent: NDArray[np.float64], taken: NDArray[np.float64]) -> Grid:
    rows = []
    for name, values, unit in (("hours in the course", spent, 1.0), ("hours by the clock", taken, 60.0)):
        if len(values) >= LEAST:
            found = [float(one) / unit for one in np.percentile(values, [1, 25, 50, 75])]
            rows.append((name, *(figure(round(one, 2)) if one < 10 else figure(round(one, 1)) for one in found),  # noqa: PLR2004 -- one decimal is enough from ten on
                         figure(len(values))))  # fmt: skip
    head = ("time", "1st percentile", "1st quarter", "median", "3rd quarter", "credential earners")
    return Grid(caption="How long it takes", head=head, rows=tuple(rows))


def _by_course(people: People) -> list[tuple[str, float, int]]:
    rows = people.words(
        "SELECT course_id, median(spent), count(*) FROM people WHERE certified AND nevents > 0 GROUP BY 1 ORDER BY 1"
    )
    secret = guarded([int(n) for *_, n in rows])
    return [
        (course, round(float(spent) / HOUR, 1), int(n))
        for (course, spent, n), hide in zip(rows, secret, strict=True)
        if not hide
    ]
