"""Subject areas: how large they are, and who takes part in each against the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from stoa.insights.engine.reporting.exhibit import (
    LEAST,
    OTHERS,
    Exhibit,
    Grid,
    bars,
    chart,
    counted,
    courses_of,
    folded,
    guarded,
    guarded_share,
    share,
)
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Chart, Kind, Row

Line = tuple[str, str, str, str, str]
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
    counts = folded({name or NO_AREA: participants for name, (participants, _) in found}, most=len(found))
    largest = next(iter(counts), NO_AREA)
    courses = {name or NO_AREA: courses for name, (_, courses) in found}
    courses[OTHERS] = sum(courses.values()) - sum(courses.get(name, 0) for name in counts)
    rows = tuple(
        (name, courses_of(courses[name]), counted(count), share(count, total, "participants"))
        for name, count in counts.items()
    )
    return Exhibit(
        anchor="areas",
        question="Which subject areas are the largest?",
        answer=(
            f"{largest}: {share(counts.get(largest, 0), total, 'participants')} in "
            f"{courses_of(courses.get(largest, 0))}."
        ),
        number=largest,
        denominator=f"{figure(total)} participants of all areas",
        method=_METHOD,
        charts=(bars("Participants by subject area", counts, who="participants", of=total, method=_METHOD),),
        grids=(Grid(caption="Areas by size", head=("area", "courses", "participants", "share"), rows=rows),),
    )


def contrasts(people: People, *, home: str) -> Exhibit:
    """Each area against the rest, in four respects."""
    names = [name for name, _ in sizes(people)]
    respects = [_respect(people, names, words.format(home=home), which.format(home=home), known, what)
                for words, (which, known, what) in _SHARES.items()]  # fmt: skip
    large = [name for name, (participants, _) in sizes(people) if participants >= LEAST]
    rows = [
        row for name in large for row in (*(respect.rows[name or NO_AREA] for respect in respects), _ages(people, name))
    ]
    first = (large[0] or NO_AREA) if large else ""
    said = [f"{about}: {there}; elsewhere {rest}" for area, about, there, rest, _ in rows if area == first]
    return Exhibit(
        anchor="areas-people",
        question=f"Who takes courses in {first or 'an area'}, and who in other areas?",
        answer=". ".join(f"{one[0].upper()}{one[1:]}" for one in said) + "." if said else "There are too few to tell.",
        number=rows[0][2] if rows else "too few to tell",
        denominator="participants of whom it is known, in the area and in the rest; first: men",
        method=_CONTRASTS,
        charts=(respects[0].chart,),
        grids=(
            Grid(
                caption="Four contrasts, area by area",
                head=("area", "what", "in the area", "in all other areas", "not known in the area"),
                rows=tuple(rows),
            ),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Respect:
    """One contrast of all areas."""

    rows: Mapping[str, Line]
    chart: Chart


def _respect(people: People, names: Sequence[str], words: str, which: str, known: str, what: str) -> _Respect:  # noqa: PLR0917 -- the words of a contrast
    parts = [_count(people, _where(name), which) for name in names]
    wholes = [_count(people, _where(name), known) for name in names]
    everybody = [_count(people, _where(name)) for name in names]
    secret, who = guarded(parts, wholes), f"participants whose {what} is known"
    rows = {}
    for place, name in enumerate(names):
        part, whole = parts[place], wholes[place]
        pair = [(part, whole), (sum(parts) - part, sum(wholes) - whole)]
        here, rest = (guarded_share(*one, who, hide=secret[place]) for one in pair)
        silent = share(everybody[place] - whole, everybody[place], "participants")
        rows[name or NO_AREA] = (name or NO_AREA, words, here, rest, silent)
    bars_of = [
        Row(key=name or NO_AREA, label=name or NO_AREA, value=None if hide else part, of=whole)
        for name, part, whole, hide in zip(names, parts, wholes, secret, strict=True)
        if whole >= LEAST
    ]
    note = f"Shares are of the {who}, area by area."
    drawn = chart(Kind.BARS, f"{words.capitalize()}, by subject area", bars_of, who=who, n=sum(wholes),
                  method=_CONTRASTS, note=note)  # fmt: skip
    return _Respect(rows=rows, chart=replace(drawn, words=replace(drawn.words, per_cent=True, hidden="not told")))


def _where(area: str, *, rest: bool = False) -> str:
    quoted = area.replace("'", "''")
    return f"viewed AND area {'<>' if rest else '='} '{quoted}'"


def _count(people: People, where: str, which: str = "true") -> int:
    return people.count(f"SELECT count(*) FROM people WHERE {where} AND {which}")  # noqa: S608 -- quoted above


def _ages(people: People, area: str) -> Line:
    everybody, known = _count(people, _where(area)), _count(people, _where(area), "age IS NOT NULL")
    here, rest = (_age(people, _where(area, rest=rest)) for rest in (False, True))
    return area or NO_AREA, "median age", here, rest, share(everybody - known, everybody, "participants")


def _age(people: People, where: str) -> str:
    ages = people.numbers(f"SELECT age FROM people WHERE {where} AND age IS NOT NULL")  # noqa: S608 -- quoted above
    if len(ages) < LEAST:
        return "too few"
    return f"{figure(float(np.median(ages)))} years (n {figure(len(ages))})"
