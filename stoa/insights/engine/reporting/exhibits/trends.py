"""How participation grows: participants, countries, goals and topics by month."""

from collections.abc import Sequence

from stoa.insights.engine.reporting.exhibit import HIDDEN, LEAST, WITHHELD, Exhibit, Grid, chart, guarded
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Chart, Kind, Row

SERIES = ("participants", "countries", "goals", "topics")
_METHOD = (
    "A participation counts in the month (UTC) of its first act. Countries, goals (answers to the question at "
    "enrolment) and topics (subject areas) are the different ones among the participations of that month."
)
_MONTHS = """
SELECT strftime(make_timestamp(first_event), '%Y-%m') AS month, count(*), count(DISTINCT country),
    count(DISTINCT intent), count(DISTINCT nullif(area, '')) FROM people WHERE viewed AND first_event IS NOT NULL
GROUP BY month ORDER BY month
"""
Month = tuple[str, tuple[int, ...]]


def trends(people: People) -> Exhibit:
    """Four lines."""
    months = without_gaps(people.groups(_MONTHS))
    total = sum(values[0] for _, values in months)
    secret = guarded([values[0] for _, values in months])
    return Exhibit(
        anchor="trends",
        question="Is the number of participants, countries, goals and topics growing?",
        answer=_answer(months),
        number=figure(total),
        denominator=f"participations that began in {figure(len(months))} months",
        method=_METHOD,
        charts=tuple(_line(name, place, months, secret) for place, name in enumerate(SERIES)) if months else (),
        grids=(
            Grid(
                caption="By month of the first act",
                head=("month", *SERIES),
                rows=tuple(
                    (month, *_said(values, hide=hide)) for (month, values), hide in zip(months, secret, strict=True)
                ),
            ),
        ),
    )


def without_gaps(months: Sequence[Month]) -> list[Month]:
    """Months in which nobody came stand there with noughts."""
    if not months:
        return []
    found, known, last = [], dict(months), months[-1][0]
    year, month = map(int, months[0][0].split("-"))
    while (name := f"{year:04d}-{month:02d}") <= last:
        found.append((name, known.get(name, (0,) * len(SERIES))))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 -- months of a year
    return found


def _said(values: Sequence[int], *, hide: bool) -> tuple[str, ...]:
    if hide:
        return (HIDDEN if values[0] < LEAST else WITHHELD, *("–" for _ in values[1:]))  # noqa: RUF001 -- a dash for nothing told
    return tuple(figure(value) for value in values)


def _line(name: str, place: int, months: Sequence[Month], secret: Sequence[bool]) -> Chart:
    rows = [
        Row(key=month, label=month, value=None if hide else values[place], series=name)
        for (month, values), hide in zip(months, secret, strict=True)
    ]
    title = f"{name.capitalize()} by month"
    return chart(Kind.LINES, title, rows, who="participations by month", n=None, method=_METHOD)


def _answer(months: Sequence[Month]) -> str:
    if len(months) < 2:  # noqa: PLR2004 -- a trend has two ends
        return "One month is no trend."
    middle = len(months) // 2
    half = f"{figure(middle)} months" if middle > 1 else "month"
    early, late = (sum(values[0] for _, values in part) for part in (months[:middle], months[-middle:]))
    if 0 < min(early, late) < LEAST:
        return "Too few participations began in one half of these months to tell."
    words = "more than" if late > early else "fewer than" if late < early else "as many as"
    return f"{figure(late)} participations began in the last {half}, {words} in the first {half} ({figure(early)})."
