"""The words by which a course is found, by their weight."""

from collections.abc import Iterable
from dataclasses import dataclass

from stoa.catalogue.rules.words import searchable
from stoa.coursedoc import walking
from stoa.coursedoc.model import Course

MOST = 400_000
"""Signs of one part of the index; PostgreSQL takes a megabyte in all."""

KINDS = {
    "assessment:quiz": "quiz score",
    "assessment:assignment": "assignment score",
    "assessment:exercise": "exercise",
    "peers:forum": "peer forum",
    "peers:review": "peer review",
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """Words by weight: the title, what it is about, what is in it, what kind of things it has."""

    title: str
    short: str
    inside: str
    kinds: str


def found_words(course: Course, *, organisation: str, facets: Iterable[str]) -> Found:
    """The words by which the course is found."""
    return Found(
        title=searchable(course.title, course.id),
        short=searchable(course.summary, *course.outcomes, *course.skills, *course.subjects)[:MOST],
        inside=searchable(
            organisation,
            *(instructor.name for instructor in course.instructors),
            *(module.title for module in course.modules if not module.hidden),
            *(lesson.title for lesson in walking.lessons(course) if not lesson.hidden),
        )[:MOST],
        kinds=" ".join(
            ["mooc course learner instructor credential lms mooc video", *(KINDS.get(facet, "") for facet in facets)]
        ),
    )
