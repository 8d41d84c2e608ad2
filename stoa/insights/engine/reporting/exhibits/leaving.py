"""How long participants of a run stayed: the same count as `still` of the table attrition, of the report's people."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from stoa.insights.engine.reporting.exhibit import LEAST, WITHHELD, Exhibit, Grid, chart, share
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Kind, Row

WEEK: Final = 7 * 86_400_000_000
_METHOD: Final = (
    "Of the participants whose first act lies so many whole weeks before the log's last day, how many still acted "
    "then: their last act lies at least so long after their first."
)
_WHO: Final = "participants"
_ACTED: Final = "viewed AND first_event IS NOT NULL AND last_event >= first_event"


@dataclass(frozen=True, kw_only=True)
class Week:
    """Who had begun so many weeks ago, and who of them was still there."""

    participants: int
    still: int


def still_there(people: People) -> list[Week]:
    """Week by week after the own first act, as long as anybody stayed."""
    stayed = people.numbers(f"SELECT (last_event - first_event) // {WEEK} FROM people WHERE {_ACTED}").astype(np.int64)  # noqa: S608 -- words of this module
    until = f"greatest(max(last_event) OVER (PARTITION BY course_id), {people.today})"
    could = people.numbers(f"SELECT ({until} - first_event) // {WEEK} FROM people WHERE {_ACTED}").astype(np.int64)  # noqa: S608 -- words and numbers of this module
    last = int(stayed.max()) if len(stayed) else -1
    return [
        Week(participants=int((could >= week).sum()), still=int((stayed >= week).sum())) for week in range(last + 1)
    ]


def leaving(people: People) -> Exhibit:
    """Week by week."""
    weeks = still_there(people)
    said = _said(weeks)
    everybody = weeks[0].participants if weeks else 0
    rows = [
        Row(
            key=str(place),
            label=f"week {place}",
            value=week.still if "%" in words else None,
            of=week.participants if "%" in words else None,
            series="still there",
        )
        for place, (week, words) in enumerate(zip(weeks, said, strict=True))
    ]
    after = said[1] if len(said) > 1 else share(0, everybody, _WHO)
    return Exhibit(
        anchor="leaving",
        question="How long do participants stay?",
        answer=f"A week after their first act or later there acted {after}.",
        number=after,
        denominator=f"{figure(everybody)} {_WHO} with acts in the log",
        method=_METHOD,
        charts=(chart(Kind.LINES, "Still there, by week", rows, who=_WHO, n=everybody, method=_METHOD),),
        grids=(
            Grid(
                caption="Still there so many weeks after the first act",
                head=("weeks", "share"),
                rows=tuple((figure(place), words) for place, words in enumerate(said)),
            ),
        ),
    )


def _said(weeks: list[Week]) -> list[str]:
    """The shares; none whose participants beside another week's would tell of a few who began then."""
    told: list[str] = []
    shown: list[int] = []
    for week in weeks:
        if any(0 < abs(week.participants - other) < LEAST for other in shown):
            told.append(WITHHELD)
            continue
        shown.append(week.participants)
        told.append(share(week.still, week.participants, _WHO))
    return told
