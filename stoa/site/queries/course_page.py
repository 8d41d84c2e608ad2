"""The course page: what a visitor learns of a course before enrolling."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.authoring.queries import side_texts_of
from stoa.catalogue.models import Course, CourseVersion, Run
from stoa.catalogue.queries import (
    Reader,
    RunDates,
    State,
    best,
    cards_of,
    course_for,
    dates_of,
    document_of,
    languages,
    may_teach,
    runs_of,
)
from stoa.coursedoc.model import Course as Document
from stoa.courseware.models import Enrolment, ProblemReport
from stoa.courseware.queries import Outline, OutlineStep, outline_of
from stoa.peer_review.queries import ReviewFigures, review_figures
from stoa.site.queries import course_words as words
from stoa.site.queries.catalogue_page import Card, card_in_words
from stoa.site.queries.honest_facts import Figure, review_wait
from stoa.site.queries.run_table import RunLine, day_in, enrolment_words, run_lines
from stoa.site.queries.syllabus import Pillar, SyllabusModule, pillars_of, syllabus_of


@dataclass(frozen=True, kw_only=True)
class Honest:
    """The honest facts of a course."""

    scope: str
    counted: datetime | None
    rows: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class InstructorLine:
    """Who gives the course."""

    name: str
    role: str
    initials: str
    about: str


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """Everything that the course page shows."""

    course: Course
    card: Card
    version: CourseVersion
    document: Document
    outline: Outline
    run: RunDates | None
    mine: str
    """Code of the run that the reader is in."""
    runs: tuple[RunLine, ...]
    participants: int
    problems: int
    review: ReviewFigures | None
    teaches: bool
    about: str
    instructors: tuple[InstructorLine, ...]
    now: datetime

    @property
    def address(self) -> str:
        """Where the offered run's pages begin."""
        return f"/courses/{self.course.slug}/runs/{self.run.code}/" if self.run else ""

    @cached_property
    def opens(self) -> bool:
        """True where one may enrol today."""
        return bool(self.run and self.run.takes_learners(self.now))

    @cached_property
    def language(self) -> str:
        """The course's language by its own name."""
        return languages.name(self.course.language)

    @cached_property
    def level(self) -> str:
        """Beginner where the course asks for nothing."""
        return words.level("beginner" if self.course.for_beginners else self.course.level)

    @cached_property
    def starts(self) -> str:
        """One sentence on when the run starts."""
        if self.run is None:
            return ""
        if self.run.state(self.now) is State.ENDED:
            return _("Run %(run)s has ended; everything in it stays open.") % {"run": self.run.code}
        if self.run.any_day(self.now) or self.run.starts_at is None:
            return _("Start any day, at your own pace.")
        day = day_in(self.run.starts_at, self.run.time_zone, "D j M Y")
        said = _("Run %(run)s starts %(day)s.") if self.run.starts_at > self.now else _("Run %(run)s began %(day)s.")
        return said % {"run": self.run.code, "day": day}

    @cached_property
    def enrolment(self) -> str:
        """One sentence on when one may enrol, where that is limited."""
        return enrolment_words(self.run, self.now) if self.run else ""

    @cached_property
    def cost(self) -> str:
        """What it costs."""
        free = _("Every lesson, quiz and exercise is free; no card is asked for.")
        if self.run is None or self.run.verified_price is None:
            return free
        price = words.money(self.run.verified_price, self.run.currency)
        return f"{free} {_('The verified track (identity checked) is %(price)s.') % {'price': price}}"

    @cached_property
    def sample(self) -> str:
        """Address of the first step that everyone may open."""
        step = next((step for step in self.outline.steps if step.sample), None)
        return f"{self.address}steps/{step.id}/" if step and self.run else ""

    @cached_property
    def pillars(self) -> tuple[Pillar, ...]:
        """The colonnade of the whole course."""
        return pillars_of(self.outline)

    @cached_property
    def syllabus(self) -> tuple[SyllabusModule, ...]:
        """The modules with their steps."""
        return syllabus_of(self.outline, self._open)

    @cached_property
    def passing(self) -> int:
        """The score, of 100, that earns the credential."""
        return round(self.document.scheme.passing * 100)

    @cached_property
    def honest(self) -> Honest:
        """What Stoa has counted, and what it has not."""
        return Honest(scope=self._scope(), counted=self.now, rows=tuple(self._figures()))

    def _scope(self) -> str:
        people = ngettext("%(n)d participant", "%(n)d participants", self.participants) % {"n": self.participants}
        runs = ngettext("%(n)d run", "%(n)d runs", len(self.runs)) % {"n": len(self.runs)}
        return f"{self.card.stated} · {runs} · {people}"

    def _figures(self) -> Iterator[Figure]:
        yield Figure(name=_("Hours a week"), why=_("Median of those who earned the credential: nobody yet."))
        yield Figure(name=_("Earned the credential"), why=_("Of the participants, when credentials are issued."))
        yield from review_wait(self.review)
        yield Figure(name=_("First answer in the peer forum"), why=_("Median, when the first question is asked."))
        yield Figure(
            name=_("Problems reported"),
            figure=str(self.problems),
            why=_("By readers at a step of this course; each reaches its instructors."),
        )
        yield Figure(
            name=_("Last full check"), why=_("When the course is checked for dead links and missing captions.")
        )

    def _open(self, step: OutlineStep) -> str:
        opens = step.sample or self.mine or self.teaches
        return f"{self.address}steps/{step.id}/" if opens and self.run else ""


def course_page(reader: Reader, slug: str, *, now: datetime) -> CoursePage:
    """The page of the course, for a visitor, a learner or its team."""
    course = course_for(reader, course=slug)
    teaches = may_teach(reader, course)
    runs = [run for run in runs_of(course) if teaches or not run.hidden]
    people, mine = _people(reader, runs)
    joined = next((run for run in runs if run.pk in mine), None)
    dates = dates_of(joined) if joined else best([dates_of(run) for run in runs], now)
    version = next((run.version for run in runs if dates and run.pk == dates.pk), None) or _latest(course)
    offered = [dates_of(run) for run in runs if not run.hidden]
    document, texts = document_of(version), side_texts_of(version)
    review = review_figures([course.pk], now=now).get(course.pk)
    return CoursePage(
        course=course,
        card=card_in_words(cards_of([course.pk], now=now, runs={course.pk: offered})[0], now, review),
        version=version,
        document=document,
        outline=outline_of(version.pk).without_hidden,
        run=dates,
        mine=joined.code if joined else "",
        runs=tuple(run_lines(runs, people, dates, joined, now)),
        participants=sum(people.values()),
        problems=ProblemReport.objects.filter(run__in=runs).count(),
        review=review,
        teaches=teaches,
        about=texts.get("about", ""),
        instructors=tuple(_instructors(document, texts)),
        now=now,
    )


def _people(reader: Reader, runs: Sequence[Run]) -> tuple[dict[int, int], set[int]]:
    """How many learn in each of the runs, and the runs in which the reader does."""
    own = Count("pk", filter=Q(person=reader.pk))
    rows = list(
        Enrolment.objects.filter(run__in=runs, withdrawal=None)
        .values_list("run")
        .annotate(n=Count("pk"), own=own)
        .order_by()
    )
    return {run: count for run, count, _mine in rows}, {run for run, _count, mine in rows if mine}


def _latest(course: Course) -> CourseVersion:
    return course.versions.latest("number")


def _instructors(document: Document, texts: Mapping[str, str]) -> Iterator[InstructorLine]:
    for place, instructor in enumerate(document.instructors):
        initials = "".join(name[0] for name in instructor.name.split()[:2]).upper()
        about = texts.get(f"instructor:{place}", "")
        yield InstructorLine(name=instructor.name, role=instructor.role, initials=initials, about=about)


@dataclass(frozen=True, kw_only=True)
class SidePage:
    """A page beside the lessons."""

    title: str
    html: str
    course: str
    language: str


def side_page(reader: Reader, slug: str, page_id: str, *, now: datetime) -> SidePage:
    """The page of this id in the version that the reader sees."""
    page = course_page(reader, slug, now=now)
    found = next((one for one in page.document.pages if one.id == page_id and not one.hidden), None)
    if found is None:
        raise Http404
    html = side_texts_of(page.version).get(f"page:{page_id}", "")
    return SidePage(title=found.title, html=html, course=page.course.title, language=page.course.language)
