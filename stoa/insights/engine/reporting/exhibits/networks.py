"""Who sends learners where: from course to course and from area to area, by the next first participation."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from stoa.insights.engine.metrics.computed.balance import SEED, SHUFFLES, chance
from stoa.insights.engine.reporting.exhibit import Exhibit, Grid, chart
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Kind, Row

SMALLEST: Final = 5
SIGNIFICANT: Final = 0.05
_SHOWN: Final = 15
_CODES: Final = "SELECT code FROM (SELECT *, dense_rank() OVER (ORDER BY area) - 1 AS code FROM steps)"
Flows = Mapping[tuple[str, str], int]
_METHOD: Final = (
    "A learner goes from one course to the next in which they first act after it. Cells under 5 learners are left out "
    "of all numbers here. A net sender gives more learners to other areas than it receives. Its p is the share of "
    f"{SHUFFLES} shuffles (seed {SEED}) of each learner's order of courses with a balance at least as far from nought."
)
_STEPS = """
CREATE OR REPLACE TABLE steps AS SELECT username, course_id, area,
    lead(course_id) OVER later AS next_course, lead(area) OVER later AS next_area,
    row_number() OVER later AS place
FROM people WHERE viewed AND first_event IS NOT NULL
WINDOW later AS (PARTITION BY username ORDER BY first_event, course_id)
"""


def flows(people: People, of: str) -> dict[tuple[str, str], int]:
    """From one course (or area) to the next → learners, all cells."""
    people.run(_STEPS)
    rows = people.words(
        f"SELECT {of}, next_{of.removesuffix('_id')}, count(*) FROM steps "  # noqa: S608 -- names of this module
        "WHERE next_course IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
    )
    return {(before, after): int(count) for before, after, count in rows}


def published(all_of_them: Flows) -> dict[tuple[str, str], int]:
    """The cells that are large enough."""
    return {pair: count for pair, count in all_of_them.items() if count >= SMALLEST}


def balances(cells: Flows) -> dict[str, tuple[int, int]]:
    """Area → learners sent to others, learners received from others."""
    names = sorted({name for pair in cells for name in pair})
    return {
        name: (
            sum(count for (before, after), count in cells.items() if before == name != after),
            sum(count for (before, after), count in cells.items() if after == name != before),
        )
        for name in names
    }


def significance(people: People) -> dict[str, float]:
    """Area → how likely a balance as far from nought is when each learner's courses come in any order."""
    areas = [area for (area,) in people.words("SELECT DISTINCT area FROM steps ORDER BY 1")]
    codes = people.numbers(f"{_CODES} ORDER BY username, place").astype(np.int64)
    sizes = people.numbers("SELECT count(*) FROM steps GROUP BY username ORDER BY username").astype(np.int64)
    return dict(zip(areas, chance(codes, sizes, len(areas)).p_value.tolist(), strict=True))


def networks(people: People) -> Exhibit:
    """Courses and areas."""
    courses, areas = published(flows(people, "course_id")), published(flows(people, "area"))
    chances, nets = significance(people), balances(areas)
    senders = [name for name, (out, into) in nets.items() if out > into and chances.get(name, 1) <= SIGNIFICANT]
    total = sum(courses.values())
    top = dict(list(courses.items())[:_SHOWN])
    rows = [
        Row(key=f"{before} {after}", label=f"{_short(before)} → {_short(after)}", value=count)
        for (before, after), count in top.items()
    ]
    return Exhibit(
        anchor="networks",
        question="Which courses and subjects send learners to others?",
        answer=_answer(senders, nets),
        number=f"{figure(total)} steps",
        denominator="steps of learners from one course to the next, on ways that five or more took",
        method=_METHOD,
        charts=(chart(Kind.BARS, "Most taken ways from course to course", rows, who="learners who went on", n=total,
                      method=_METHOD),) if rows else (),
        grids=(_courses(top), _matrix(areas), _nets(nets, chances)),
    )  # fmt: skip


def _short(course: str) -> str:
    return course.removeprefix("course-v1:").partition("+")[2] or course


def _answer(senders: list[str], nets: Mapping[str, tuple[int, int]]) -> str:
    if not nets:
        return "No way from one course to another was taken by five learners."
    if senders:
        return f"Net senders, beyond chance: {', '.join(name or 'no area' for name in senders)}."
    return "No area sends so many more learners to others than it receives that chance would not explain it."


def _courses(top: Flows) -> Grid:
    rows = tuple((before, after, figure(count)) for (before, after), count in top.items())
    return Grid(caption="From course to course", head=("from", "to", "learners"), rows=rows)


def _matrix(cells: Flows) -> Grid:
    names = sorted({name for pair in cells for name in pair})
    rows = tuple(
        (before or "no area", *(figure(cells[before, after]) if (before, after) in cells else "under 5 or none"
                                for after in names))
        for before in names
    )  # fmt: skip
    return Grid(
        caption="From area (row) to area (column)",
        head=("from \\ to", *(name or "no area" for name in names)),
        rows=rows,
    )


def _nets(nets: Mapping[str, tuple[int, int]], chances: Mapping[str, float]) -> Grid:
    rows = tuple(
        (
            name or "no area",
            figure(out),
            figure(into),
            f"{out - into:+,}".replace("-", "\N{MINUS SIGN}"),
            f"{chances.get(name, 1):.3f}",
        )
        for name, (out, into) in sorted(nets.items(), key=lambda one: (one[1][1] - one[1][0], one[0]))
    )
    return Grid(caption="Net senders of learners to other areas", head=("area", "sent", "received", "net", "p"),
                rows=rows)  # fmt: skip
