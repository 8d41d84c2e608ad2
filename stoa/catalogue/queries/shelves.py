"""The catalogue: what is on offer, by words and filters."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import BooleanField, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Lower

from stoa.catalogue.models import Course, Featured, Run, Subject
from stoa.catalogue.rules import languages
from stoa.catalogue.rules.filters import PAGE, Wanted, counts, matches
from stoa.catalogue.rules.guesses import guess
from stoa.catalogue.rules.listing import hours_a_week_of
from stoa.catalogue.rules.runs import RunDates, State, best
from stoa.catalogue.rules.words import text_query

GUESSES_FROM = 20
ALIKE = 0.25


@dataclass(frozen=True, kw_only=True)
class CourseCard:
    """A course as lists show it. What nobody has measured or said is None."""

    pk: int
    slug: str
    title: str
    summary: str
    organisation: str
    organisation_slug: str
    subject: str
    landscape: str
    language: str
    level: str
    for_beginners: bool
    weeks: int | None
    modules: int
    minutes: float
    hours_stated: float | None
    caption_languages: tuple[str, ...]
    featured: str
    run: RunDates | None

    @property
    def hours_a_week(self) -> float:
        """What the authors state, or the estimate of all steps over the weeks."""
        return hours_a_week_of(self.hours_stated, self.minutes, self.weeks or self.modules)


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The courses that a visitor looked for."""

    cards: tuple[CourseCard, ...]
    found: int
    offered: int
    """Found without the filters."""
    counts: Counter[str]
    pages: int
    guess: str
    """What the visitor may have meant, where nothing was found."""


def shelf_for(wanted: Wanted, *, now: datetime) -> Shelf:
    """The courses on offer that fit, a page of them, and how many each filter would leave."""
    rows = list(_ordered(_found(wanted.typed), wanted, now).values_list("pk", "facets"))
    fitting = [pk for pk, facets in rows if matches(facets, wanted.chosen)]
    page = fitting[(wanted.page - 1) * PAGE : wanted.page * PAGE]
    return Shelf(
        cards=cards_of(page, now=now),
        found=len(fitting),
        offered=len(rows),
        counts=counts([facets for _, facets in rows], wanted.chosen),
        pages=max(1, -(-len(fitting) // PAGE)),
        guess=_guess(wanted.typed) if wanted.typed and not rows else "",
    )


def cards_of(
    courses: Sequence[int], *, now: datetime, runs: Mapping[int, Sequence[RunDates]] | None = None
) -> tuple[CourseCard, ...]:
    """The cards of these courses, in their order; `runs` are those that visitors may see, where they are known."""
    if not courses:
        return ()
    found = Course.objects.filter(pk__in=courses).defer("search").select_related("organisation", "subject")
    rows = {course.pk: course for course in found.annotate(featured_reason=_reason(now.date()))}
    offered = runs_by_course(courses) if runs is None else runs
    return tuple(_card(rows[pk], offered.get(pk, ()), now) for pk in courses)


def runs_by_course(courses: Iterable[int]) -> Mapping[int, Sequence[RunDates]]:
    """The runs that visitors may see."""
    by_course: dict[int, list[RunDates]] = {}
    for run in Run.objects.filter(course__in=courses, hidden=False):
        by_course.setdefault(run.course_id, []).append(dates_of(run))
    return by_course


def next_run(course_id: int, *, beside: int, now: datetime) -> RunDates | None:
    """Another run of the course that one may go on in: the next to start, else one that is open."""
    runs = [
        run for run in runs_by_course([course_id]).get(course_id, ()) if run.pk != beside and run.takes_learners(now)
    ]
    return best([run for run in runs if run.state(now) is not State.ENDED], now)


def dates_of(run: Run) -> RunDates:
    """The run as rules see it."""
    return RunDates(
        code=run.code,
        starts_at=run.starts_at,
        ends_at=run.ends_at,
        opens_at=run.enrolment_opens_at,
        closes_at=run.enrolment_closes_at,
        self_paced=run.self_paced,
        verified_price=run.verified_price,
        currency=run.currency,
        version_id=run.version_id,
        pk=run.pk,
        time_zone=run.time_zone,
    )


def subject_names() -> dict[str, str]:
    """Slug to name, in the order of the subjects."""
    return dict(Subject.objects.values_list("slug", "name"))


def _found(typed: str) -> QuerySet[Course]:
    offered = Course.objects.offered()
    query = text_query(typed)
    if not query:
        ranked = offered.annotate(rank=Cast(Value(0), FloatField()))
        return ranked.none() if typed else ranked
    configs = set(Course.objects.order_by().values_list("search_config", flat=True).distinct()) | {"english"}
    asked = reduce(or_, (SearchQuery(query, config=config, search_type="raw") for config in sorted(configs)))
    return offered.filter(search=asked).annotate(rank=SearchRank(F("search"), asked))


def _ordered(courses: QuerySet[Course], wanted: Wanted, now: datetime) -> QuerySet[Course]:
    match wanted.order:
        case "title":
            return courses.order_by(Lower("title"), "pk")
        case "newest":
            return courses.order_by("-pk")
        case "shortest":
            return courses.order_by("minutes", "pk")
        case "start":
            coming = Run.objects.filter(course=OuterRef("pk"), hidden=False, starts_at__gt=now).order_by("starts_at")
            return courses.annotate(next_start=Subquery(coming.values("starts_at")[:1])).order_by(
                F("next_start").asc(nulls_last=True), "pk"
            )
        case _:
            return courses.annotate(is_featured=_is_featured(now.date())).order_by(
                F("rank").desc(), "-is_featured", "-pk"
            )


def _current(day: date) -> QuerySet[Featured]:
    current = Featured.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
    return current.filter(course=OuterRef("pk")).order_by("-since")


def _is_featured(day: date) -> Exists:
    return Exists(_current(day), output_field=BooleanField())


def _reason(day: date) -> Subquery:
    return Subquery(_current(day).values("reason")[:1])


def _card(course: Course, runs: Sequence[RunDates], now: datetime) -> CourseCard:
    subject = course.subject
    return CourseCard(
        pk=course.pk,
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        organisation=course.organisation.name,
        organisation_slug=course.organisation.slug,
        subject=subject.name if subject else "",
        landscape=subject.landscape if subject else "",
        language=languages.primary(course.language),
        level=course.level,
        for_beginners=course.for_beginners,
        weeks=course.weeks,
        modules=course.modules,
        minutes=course.minutes,
        hours_stated=None if course.hours_a_week is None else float(course.hours_a_week),
        caption_languages=tuple(course.caption_languages),
        featured=getattr(course, "featured_reason", None) or "",
        run=best(runs, now),
    )


def _guess(typed: str) -> str:
    near = (
        Course.objects.offered()
        .annotate(alike=TrigramWordSimilarity(typed, "title"))
        .filter(alike__gt=ALIKE)
        .order_by("-alike")
    )
    return guess(typed, near.values_list("title", flat=True)[:GUESSES_FROM])
