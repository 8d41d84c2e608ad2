"""Values by which a course is found: `pace:any-day`, `hours:under-3` and so on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stoa.catalogue.rules import languages
from stoa.catalogue.rules.facts import CourseFacts


@dataclass(frozen=True, kw_only=True)
class RunFacts:
    """What a run adds to the facts of its course."""

    self_paced: bool
    verified: bool


def facets_of(
    facts: CourseFacts, runs: Iterable[RunFacts], *, subjects: Iterable[str], organisation: str
) -> tuple[str, ...]:
    """All values by which the course can be found, each with its kind."""
    found = [
        f"organisation:{organisation}",
        f"language:{languages.primary(facts.language)}",
        f"hours:{hours_range(hours_a_week(facts))}",
        f"length:{length_range(facts.weeks or facts.modules)}",
        *(f"subject:{subject}" for subject in subjects),
        *(f"level:{level}" for level in _levels(facts)),
        *(f"peers:{kind}" for kind in facts.peers),
        *(f"assessment:{kind}" for kind in facts.assessments),
        *(f"tracking:{kind}" for kind in facts.tracking),
        *_of_runs(runs),
    ]
    return tuple(sorted(set(found)))


def hours_a_week(facts: CourseFacts) -> float:
    """What the authors state, or the estimate of all steps over the weeks."""
    return hours_a_week_of(facts.hours_a_week, facts.minutes, facts.weeks or facts.modules)


def hours_a_week_of(stated: float | None, minutes: float, weeks: int) -> float:
    """What is stated, or the minutes over the weeks."""
    return stated if stated is not None else minutes / 60 / max(1, weeks)


def hours_range(hours: float) -> str:
    """The range of hours a week that these belong to."""
    if hours < 3:  # noqa: PLR2004 -- the ranges are these
        return "under-3"
    if hours <= 5:  # noqa: PLR2004 -- the ranges are these
        return "3-5"
    return "over-5"


def length_range(weeks: int) -> str:
    """The range of weeks that these belong to."""
    if weeks <= 4:  # noqa: PLR2004 -- the ranges are these
        return "up-to-4"
    if weeks <= 8:  # noqa: PLR2004 -- the ranges are these
        return "5-8"
    return "over-8"


def _levels(facts: CourseFacts) -> Iterator[str]:
    if facts.for_beginners:
        yield "beginner"
    if facts.level in {"intermediate", "advanced"}:
        yield facts.level


def _of_runs(runs: Iterable[RunFacts]) -> Iterator[str]:
    yield "price:free"
    for run in runs:
        yield "pace:any-day" if run.self_paced else "pace:dates"
        if run.verified:
            yield "price:verified"
