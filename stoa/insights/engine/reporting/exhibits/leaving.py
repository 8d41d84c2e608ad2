"""How long participants of a run stayed."""

from typing import Final

from stoa.insights.engine.reporting.exhibit import LEAST, Exhibit, Grid, chart, share
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Kind, Row

WEEK: Final = 7 * 86_400_000_000
_METHOD: Final = (
    "Of the participants, how many still acted a number of whole weeks after their own first act: their last act lies "
    "at least so long after it."
)


def still_there(people: People) -> list[int]:
    """Week by week after the own first act: how many acted then or later."""
    weeks = people.numbers(f"SELECT (last_event - first_event) // {WEEK} FROM people WHERE viewed "  # noqa: S608 -- a number of this module
                           "AND first_event IS NOT NULL AND last_event IS NOT NULL")  # fmt: skip
    last = int(weeks.max()) if len(weeks) else -1
    return [int((weeks >= week).sum()) for week in range(last + 1)]


def leaving(people: People) -> Exhibit:
    """Week by week."""
    counts = still_there(people)
    everybody, who = counts[0] if counts else 0, "participants"
    shown = [None if 0 < count < LEAST or 0 < everybody - count < LEAST else count for count in counts]
    rows = [
        Row(key=str(week), label=f"week {week}", value=count, series="still there") for week, count in enumerate(shown)
    ]
    after = share(counts[1], everybody, who) if len(counts) > 1 else share(0, everybody, who)
    return Exhibit(
        anchor="leaving",
        question="How long do participants stay?",
        answer=f"A week after their first act or later there acted {after}.",
        number=after,
        denominator=f"{figure(everybody)} {who} with acts in the log",
        method=_METHOD,
        charts=(chart(Kind.LINES, "Still there, by week", rows, who=who, n=everybody, method=_METHOD),),
        grids=(
            Grid(
                caption="Still there so many weeks after the first act",
                head=("weeks", "share"),
                rows=tuple((figure(week), share(count, everybody, who)) for week, count in enumerate(counts)),
            ),
        ),
    )
