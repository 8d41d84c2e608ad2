"""Subject areas: how large they are, and who takes part in each against the rest."""

from typing import Final

import numpy as np

from stoa.insights.engine.reporting.exhibit import LEAST, Exhibit, Grid, bars, counted, courses_of, share
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure

NO_AREA: Final = "no area told"
_METHOD: Final = "Participants of all courses of an area; areas of one size stand in the order of the alphabet."
_CONTRASTS: Final = (
    "Participants of the area against those of all other areas. Each share is of those of whom it is known, n; the "
    "share of whom it is not known stands beside."
)
_SIZES = """
SELECT area, count(*) FILTER (viewed) AS n, count(DISTINCT course_id) FROM people GROUP BY area ORDER BY n DESC, area
"""
#: What is compared → (how many it holds for, of how many it is known).
_SHARES: Final = {
    "men": ("gender = 'm'", "gender IS NOT NULL", "gender"),
    "from outside {home}": ("country <> '{home}'", "country IS NOT NULL", "country"),
    "with a bachelor's degree or more": (
        "education_group IN ('bachelor', 'master', 'doctorate')",
        "education_group IS NOT NULL",
        "education",
    ),
}


def sizes(people: People) -> list[tuple[str, tuple[int, ...]]]:
    """Area → participants, courses; the largest first, ties by name."""
    return people.groups(_SIZES)


def areas(people: People) -> Exhibit:
    """By size."""
    found = sizes(people)
    total = sum(participants for _, (participants, _) in found)
    counts = {name or NO_AREA: participants for name, (participants, _) in found}
    largest = next(iter(counts), NO_AREA)
    courses = {name or NO_AREA: courses for name, (_, courses) in found}
    rows = tuple(
        (name, courses_of(courses[name]), counted(count), share(count, total, "participants"))
        for name, count in counts.items()
    )
    return Exhibit(
        anchor="areas",
        question="Which subject areas are the largest?",
        answer=f"{largest}: {share(counts.get(largest, 0), total, 'participants')} in {courses_of(courses[largest])}.",
        number=largest,
        denominator=f"{figure(total)} participants of all areas",
        method=_METHOD,
        charts=(bars("Participants by subject area", counts, who="participants", of=total, method=_METHOD),),
        grids=(Grid(caption="Areas by size", head=("area", "courses", "participants", "share"), rows=rows),),
    )


def contrasts(people: People, *, home: str) -> Exhibit:
    """Each area against the rest, in four respects."""
    names = [name for name, (participants, _) in sizes(people) if participants >= LEAST]
    rows = [row for name in names for row in _rows(people, name, home)]
    first = names[0] if names else ""
    said = [f"{about}: {there}, elsewhere {rest}" for area, about, there, rest, _ in rows if area == (first or NO_AREA)]
    counts = {name or NO_AREA: _count(people, _where(name), "gender = 'm'") for name in names}
    total = sum(counts.values())
    return Exhibit(
        anchor="areas-people",
        question=f"Who takes courses in {first or 'an area'}, and who in other areas?",
        answer="; ".join(said) + "." if said else "There are too few participants to tell.",
        number=said[0] if said else "too few to tell",
        denominator="participants of whom it is known, in the area and in the rest",
        method=_CONTRASTS,
        charts=(
            bars("Men by subject area", counts, who="men among participants", of=total or None, method=_CONTRASTS),
        ),
        grids=(
            Grid(
                caption="Four contrasts, area by area",
                head=("area", "what", "in the area", "in all other areas", "not known in the area"),
                rows=tuple(rows),
            ),
        ),
    )


def _where(area: str, *, rest: bool = False) -> str:
    quoted = area.replace("'", "''")
    return f"viewed AND area {'<>' if rest else '='} '{quoted}'"


def _count(people: People, where: str, which: str = "true") -> int:
    return people.count(f"SELECT count(*) FROM people WHERE {where} AND {which}")  # noqa: S608 -- quoted above


def _rows(people: People, area: str, home: str) -> list[tuple[str, str, str, str, str]]:
    here, elsewhere = _where(area), _where(area, rest=True)
    everybody, found = _count(people, here), []
    for words, (which, known, what) in _SHARES.items():
        who = f"participants whose {what} is known"
        pair = [
            share(_count(people, where, which.format(home=home)), _count(people, where, known), who)
            for where in (here, elsewhere)
        ]
        silent = everybody - _count(people, here, known)
        found.append((area or NO_AREA, words.format(home=home), *pair, share(silent, everybody, "participants")))
    ages = [_age(people, where) for where in (here, elsewhere)]
    silent = everybody - _count(people, here, "age IS NOT NULL")
    found.append((area or NO_AREA, "median age", *ages, share(silent, everybody, "participants")))
    return [(one[0], one[1], one[2], one[3], one[4]) for one in found]


def _age(people: People, where: str) -> str:
    ages = people.numbers(f"SELECT age FROM people WHERE {where} AND age IS NOT NULL")  # noqa: S608 -- quoted above
    if len(ages) < LEAST:
        return "too few"
    return f"{figure(float(np.median(ages)))} years (n {figure(len(ages))})"
