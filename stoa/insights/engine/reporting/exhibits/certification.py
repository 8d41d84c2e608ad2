"""What share of whom earns a credential: of registrants, viewers, explorers, intenders and verified learners."""

from typing import Final

import numpy as np

from stoa.insights.engine.reporting.exhibit import (
    LEAST,
    WITHHELD,
    Exhibit,
    Grid,
    chart,
    guarded,
    guarded_share,
    median_share,
    share,
)
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.specification import Kind, Row

#: Who → (which registrations, the fewest of them in a course that counts for the typical course).
GROUPS: Final = {
    "registrants": ("true", LEAST),
    "viewers": ("viewed", LEAST),
    "explorers": ("explored", LEAST),
    "intenders": ("intent = 'certificate'", 20),
    "verified learners": ("verified", LEAST),
}
MEANS: Final = {
    "registrants": "registrants: all who enrolled",
    "viewers": "viewers: participants, who opened the courseware",
    "explorers": "explorers: who opened at least half of the chapters",
    "intenders": "intenders: who said at enrolment that they want the credential",
    "verified learners": "verified learners: who were in the verified track",
}
_METHOD: Final = (
    f"For each course, credentials earned in a group divided by the people of that group; {'; '.join(MEANS.values())}. "
    "A typical course is the median over courses. Courses with fewer than 10 people of a group (20 intenders) do not "
    "count for it."
)
Course = tuple[str, tuple[int, ...]]


def per_course(people: People) -> list[Course]:
    """Each course with, for every group, its people and those of them who are certified."""
    parts = ", ".join(
        f"count(*) FILTER ({which}), count(*) FILTER ({which} AND certified)" for which, _ in GROUPS.values()
    )
    return people.groups(f"SELECT course_id, {parts} FROM people GROUP BY 1 ORDER BY 1")  # noqa: S608 -- words of this module


def typical(courses: list[Course]) -> dict[str, tuple[float, int]]:
    """Who → the median over courses of the share that is certified, and of how many courses."""
    found = {}
    for place, (who, (_, least)) in enumerate(GROUPS.items()):
        pairs = [values[2 * place : 2 * place + 2] for _, values in courses]
        rates = [part / whole for whole, part in pairs if whole >= least]
        if rates and not (len(rates) == 1 and _tells(pairs, least)):
            found[who] = (float(np.median(rates)), len(rates))
    return found


def _tells(pairs: list[tuple[int, ...]], least: int) -> bool:
    """Whether the one course's own share may not be told."""
    return any(0 < part < LEAST or 0 < whole - part < LEAST for whole, part in pairs if whole >= least)


def certification(people: People) -> Exhibit:
    """Five shares, each of whom it names."""
    courses = per_course(people)
    medians = typical(courses)
    said = {who: median_share(medians[who][0], who, medians[who][1]) for who in medians}
    totals = [sum(values[place] for _, values in courses) for place in range(2 * len(GROUPS))]
    together = [share(totals[2 * place + 1], totals[2 * place], who) for place, who in enumerate(GROUPS)]
    one = len(courses) == 1
    rows = [
        Row(key=who, label=f"% of {who}", value=round(100 * medians[who][0], 1)) for who in GROUPS if who in medians
    ]
    note = "Median over courses, in hundredths of the group that each bar names."
    return Exhibit(
        anchor="certification",
        question="How many earn a credential?",
        answer=_answer(together if one else list(said.values()), one=one),
        number=together[0] if one else said.get("registrants", WITHHELD),
        denominator="the group that each rate names",
        method=_METHOD,
        charts=(
            chart(
                Kind.BARS,
                "This run certifies" if one else "A typical course certifies",
                rows,
                who=note,
                n=None,
                method=_METHOD,
                note=note,
            ),
        ),
        grids=(
            Grid(
                caption="Typical course, and all courses together",
                head=("group", "typical course", "all courses together"),
                rows=tuple((who, said.get(who, "too few"), together[place]) for place, who in enumerate(GROUPS)),
            ),
            Grid(caption="Certified, course by course", head=("course", *GROUPS), rows=_rows(courses)),
        ),
    )


def _answer(said: list[str], *, one: bool) -> str:
    shares = "; ".join(words for words in said if "%" in words)
    return f"{'This run' if one else 'A typical course'} certifies {shares or 'too few to tell'}."


def _rows(courses: list[Course]) -> tuple[tuple[str, ...], ...]:
    secret = [
        guarded([values[2 * place + 1] for _, values in courses], [values[2 * place] for _, values in courses])
        for place in range(len(GROUPS))
    ]
    return tuple(
        (
            name,
            *(
                guarded_share(values[2 * place + 1], values[2 * place], who, hide=secret[place][row])
                for place, who in enumerate(GROUPS)
            ),
        )
        for row, (name, values) in enumerate(courses)
    )


def counters(people: People) -> tuple[int, int, int]:
    """Courses, credentials, participants."""
    return (
        people.count("SELECT count(*) FROM courses"),
        people.count("SELECT count(*) FROM people WHERE certified"),
        people.count("SELECT count(*) FROM people WHERE viewed"),
    )
