"""The courses of the site, for those who run it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max

from stoa.catalogue.models import Course, CourseVersion, Run
from stoa.courseware.models import Enrolment


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """A run, the number of the version that it shows, its learners."""

    code: str
    version: int
    learners: int


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """A course, the number of its latest version, its runs."""

    slug: str
    title: str
    organisation: str
    language: str
    version: int
    runs: tuple[RunRow, ...]


def all_courses() -> list[CourseRow]:
    """Every course, by its address."""
    runs: dict[int, list[RunRow]] = {}
    learners = Counter(
        dict(Enrolment.objects.filter(withdrawal=None).values_list("run").annotate(n=Count("pk")).order_by())
    )
    for pk, course, code, number in Run.objects.order_by("pk").values_list("pk", "course", "code", "version__number"):
        runs.setdefault(course, []).append(RunRow(code=code, version=number, learners=learners[pk]))
    last = dict(CourseVersion.objects.values_list("course").annotate(last=Max("number")).order_by())
    rows = Course.objects.select_related("organisation").order_by("slug")
    return [
        CourseRow(
            slug=course.slug,
            title=course.title,
            organisation=course.organisation.name,
            language=course.language,
            version=last.get(course.pk, 0),
            runs=tuple(runs.get(course.pk, ())),
        )
        for course in rows.defer("search")
    ]


def latest_version(course: str) -> CourseVersion | None:
    """The latest version of the course at this address."""
    found = CourseVersion.objects.filter(course__slug=course).select_related("course__organisation")
    return found.order_by("-number").first()


def course_at(slug: str) -> Course | None:
    """The course at this address."""
    return Course.objects.filter(slug=slug).first()
