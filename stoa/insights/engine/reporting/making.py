"""Makes a report: of a period, or of one finished run."""

import json
from dataclasses import asdict, dataclass, replace

from stoa.insights.engine.reporting.exhibit import Counter, Exhibit, counted
from stoa.insights.engine.reporting.exhibits.areas import areas, contrasts
from stoa.insights.engine.reporting.exhibits.certification import certification, counters
from stoa.insights.engine.reporting.exhibits.demographics import who_they_are
from stoa.insights.engine.reporting.exhibits.endings import endings
from stoa.insights.engine.reporting.exhibits.intentions import intentions
from stoa.insights.engine.reporting.exhibits.leaving import leaving
from stoa.insights.engine.reporting.exhibits.networks import networks
from stoa.insights.engine.reporting.exhibits.reruns import reruns
from stoa.insights.engine.reporting.exhibits.teachers import teachers
from stoa.insights.engine.reporting.exhibits.times import HOUR, times
from stoa.insights.engine.reporting.exhibits.trends import trends
from stoa.insights.engine.reporting.imprint import Imprint, NotPublishable
from stoa.insights.engine.reporting.people import People
from stoa.insights.engine.warehouse.warehouse import Snapshot
from stoa.insights.rules.charts.figures import figure

HOME = "US"


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that is published."""

    imprint: Imprint
    version: int
    counters: tuple[Counter, ...]
    exhibits: tuple[Exhibit, ...]
    course: str = ""

    def written(self) -> str:
        """As JSON: the same report gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def make(snapshot: Snapshot, imprint: Imprint, *, course: str = "", home: str = HOME) -> Report:
    """The report of the imprint's period, of all of it where none is said. Raises NotPublishable, NothingToReport."""
    imprint.check(later="period")
    people = People(snapshot, period=imprint.period, course=course or None)
    if course and not people.finished():
        raise NotPublishable(f"{course} has not ended by the last event in this warehouse: its report would not last.")
    imprint = replace(imprint, period=people.period)
    imprint.check()
    return Report(
        imprint=imprint,
        version=people.version,
        counters=_counters(people),
        exhibits=tuple(_of_course(people) if course else _of_all(people, home)),
        course=course,
    )


def _of_all(people: People, home: str) -> list[Exhibit]:
    return [
        trends(people),
        *who_they_are(people),
        certification(people),
        reruns(people),
        networks(people),
        areas(people),
        contrasts(people, home=home),
        intentions(people),
        *endings(people),
        teachers(people),
        times(people),
    ]


def _of_course(people: People) -> list[Exhibit]:
    return [
        trends(people),
        *who_they_are(people),
        certification(people),
        leaving(people),
        intentions(people),
        *endings(people),
        teachers(people),
        times(people),
    ]


def _counters(people: People) -> tuple[Counter, ...]:
    courses, credentials, participants = counters(people)
    spent = people.count("SELECT sum(spent) FROM people") / HOUR
    learners = people.count("SELECT count(DISTINCT username) FROM people WHERE viewed")
    return (
        Counter(name="courses", number=figure(courses), definition="Runs of courses in which anyone registered."),
        Counter(name="credentials", number=counted(credentials), definition="Credentials issued and not revoked."),
        Counter(
            name="participants",
            number=counted(participants),
            definition=f"Registrations with at least one act in the course; {counted(learners)} different learners.",
        ),
        Counter(
            name="hours",
            number=figure(round(spent)),
            definition="Time between acts of one learner in one course; gaps over 30 minutes are not counted.",
        ),
        Counter(
            name="events",
            number=figure(people.events()),
            definition="Events of the log in the period (of one course: its learners' acts).",
        ),
    )
