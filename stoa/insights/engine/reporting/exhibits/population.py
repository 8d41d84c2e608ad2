"""Whether participants have more education than the adults of their countries (R095)."""

from dataclasses import dataclass, replace

from stoa.insights.engine.baseline.education import baseline
from stoa.insights.engine.reporting.exhibit import LEAST, Exhibit, Grid, counted, share
from stoa.insights.engine.reporting.people import People
from stoa.insights.rules.bands import ADULT, HIGH, LOW, OLDEST
from stoa.insights.rules.charts.figures import figure

WHO = "participants of 25 and more whose education and country are known"
ADULTS = "adults of the same countries"


@dataclass(frozen=True, kw_only=True)
class Beside:
    """So many with a bachelor's degree or more of so many, and how many it would be among adults of their countries."""

    educated: int
    of: int
    expected: int
    source: str


def beside(people: People) -> Beside | None:
    """None where there is nobody, or where it would tell on a few."""
    shares = baseline()
    grown = f"viewed AND age BETWEEN {ADULT} AND {OLDEST} AND country IS NOT NULL"
    low, high = (
        people.counts(
            f"SELECT country, count(*) FROM people WHERE {grown} AND education_group IN {group} GROUP BY 1 ORDER BY 1"  # noqa: S608 -- words of this package
        )
        for group in (LOW, HIGH)
    )
    known = sorted((set(low) | set(high)) & set(shares))
    parts = [sum(group.get(country, 0) for country in known) for group in (low, high)]
    everybody = [
        people.count(f"SELECT count(*) FROM people WHERE viewed AND education_group IN {group}")  # noqa: S608 -- as above
        for group in (LOW, HIGH)
    ]
    left = [whole - part for whole, part in zip(everybody, parts, strict=True)]
    if not sum(parts) or any(0 < number < LEAST for number in (*parts, *left)):
        return None
    expected = sum(shares[country].share * (low.get(country, 0) + high.get(country, 0)) for country in known)
    years = sorted({shares[country].year for country in known})
    sources = ", ".join(sorted({shares[country].source for country in known}))
    return Beside(
        educated=parts[1], of=sum(parts), expected=round(expected), source=f"{sources}, {years[0]} to {years[-1]}"
    )


def with_population(exhibit: Exhibit, people: People) -> Exhibit:
    """The exhibit about education with a sentence, a table and the source; as it was where nothing may be said."""
    found = beside(people)
    if found is None:
        return exhibit
    learners, adults = share(found.educated, found.of, WHO), share(found.expected, found.of, ADULTS)
    times = f", {figure(round(found.educated / found.expected, 1))} times as many" if found.expected else ""
    rows = (("participants", counted(found.educated), learners), ("adults there", counted(found.expected), adults))
    grid = Grid(caption="With a bachelor's degree or more", head=("who", "number", "share"), rows=rows)
    return replace(
        exhibit,
        answer=f"{exhibit.answer} A bachelor's degree or more have {learners}; it would be {adults}{times}.",
        method=f"{exhibit.method} Adults are those of 25 and more: {found.source}. Countries not counted there "
        "are left out.",
        grids=(*exhibit.grids, grid),
    )
