"""Who the participants are: country, age, gender, education."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from stoa.insights.engine.reporting.exhibit import (
    NOT_SAID,
    Exhibit,
    bars,
    chart,
    folded,
    listed,
    share,
    share_grid,
)
from stoa.insights.engine.reporting.exhibits.population import with_population
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.bands import BANDS
from stoa.insights.rules.charts.figures import figure
from stoa.insights.rules.charts.specification import Chart, Kind, Row, Words
from stoa.insights.rules.regions import region

GENDERS: Final = {"f": "women", "m": "men", "o": "other"}
EDUCATION: Final = {
    "school": "school",
    "associate": "associate degree",
    "bachelor": "bachelor's degree",
    "master": "master's degree",
    "doctorate": "doctorate",
}
AGES: Final = {band: band.replace("-", "–").replace("0–12", "under 13") for _, band in BANDS}  # noqa: RUF001 -- from a to b
_METHOD = (
    "Participants are registrations with at least one act in the course. Shares are of those of whom it is known; how "
    "many did not say stands beside. A country is that of most acts' internet address, else of the profile; groups "
    "under 10 people are put together."
)


def known(people: People, column: str, names: Mapping[str, str]) -> dict[str, int]:
    """How many participants have each value of a column, in the order of the names; not said stands last."""
    found = people.counts(f"SELECT coalesce({column}, ''), count(*) FROM people WHERE viewed GROUP BY 1")  # noqa: S608 -- a column of this package
    ordered = {words: found[key] for key, words in names.items() if found.get(key)}
    unknown = sum(found.values()) - sum(ordered.values())
    return ordered | ({NOT_SAID: unknown} if unknown else {})


def who_they_are(people: People) -> list[Exhibit]:
    """Four questions."""
    rest = [
        _of(people, anchor, question, column=column, names=names, who=who)
        for anchor, question, column, names, who in _SUBJECTS
    ]
    told = [with_population(one, people) if one.anchor == "education" else one for one in rest]
    return [_countries(people), *told]


_SUBJECTS: Final = (
    ("age", "How old are the participants?", "age_band", AGES, "participants whose age is known"),
    ("gender", "How many women and men take part?", "gender", GENDERS, "participants who told their gender"),
    (
        "education",
        "What education do they have?",
        "education_group",
        EDUCATION,
        "participants who told their education",
    ),
)


def _of(people: People, anchor: str, question: str, *, column: str, names: Mapping[str, str], who: str) -> Exhibit:
    counts = known(people, column, names)
    everybody, unknown = sum(counts.values()), counts.get(NOT_SAID, 0)
    groups, said = folded(counts), everybody - counts.get(NOT_SAID, 0)
    largest = max(groups, key=lambda name: groups[name], default="")
    return Exhibit(
        anchor=anchor,
        question=question,
        answer=f"The largest group: {largest}, {share(groups[largest], said, who)}." if groups else "Nobody told.",
        number=share(groups.get(largest, 0), said, who),
        denominator=f"{figure(said)} {who}; not known of {share(unknown, everybody, 'participants')}",
        method=_METHOD,
        charts=(bars(f"Participants by {anchor}", groups, who=who, of=said, method=_METHOD),),
        grids=(share_grid(f"Participants by {anchor}", groups, head=anchor, of=said, who=who),),
    )


def _countries(people: People) -> Exhibit:
    codes = people.counts("SELECT country, count(*) FROM people WHERE viewed AND country IS NOT NULL GROUP BY 1 "
                          "ORDER BY 2 DESC, 1")  # fmt: skip
    everybody, said = people.count("SELECT count(*) FROM people WHERE viewed"), sum(codes.values())
    groups, regions = folded(codes), folded(_by_region(codes), most=23)
    who = "participants whose country is known"
    first = [f"{code} ({share(count, said, who)})" for code, count in list(groups.items())[:3]]
    return Exhibit(
        anchor="countries",
        question="Where do the participants come from?",
        answer=f"From {figure(len(codes))} countries. The most come from {listed(first)}.",
        number=f"{figure(len(codes))} countries",
        denominator=f"{figure(said)} {who}; not known of {share(everybody - said, everybody, 'participants')}",
        method=f"{_METHOD} Regions are those of the United Nations (M49).",
        charts=(_map(codes, said, who),),
        grids=(
            share_grid("Participants by country (ISO 3166)", groups, head="country", of=said, who=who),
            share_grid("Participants by region of the world", regions, head="region", of=said, who=who),
        ),
    )


def _by_region(codes: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, count in codes.items():
        name = region(code) or "elsewhere"
        found[name] = found.get(name, 0) + count
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _map(codes: Mapping[str, int], said: int, who: str) -> Chart:
    shown = folded(codes, most=len(codes))
    rows = [Row(key=code, label=code, value=shown.get(code)) for code in codes]
    drawn = chart(Kind.MAP, "Participants by country", rows, who=who, n=said, method=_METHOD)
    return replace(drawn, words=Words(hidden="too few to tell"))
