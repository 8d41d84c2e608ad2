"""Listings: what lists, filters and search know of a course."""

from collections.abc import Iterable
from decimal import Decimal

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.functions import Now

from stoa.catalogue.models import Course, Subject
from stoa.catalogue.queries.documents import document_of
from stoa.catalogue.rules import languages
from stoa.catalogue.rules.facts import CourseFacts, facts_of
from stoa.catalogue.rules.listing import RunFacts, facets_of
from stoa.catalogue.rules.topics import Found, found_words
from stoa.coursedoc import model as coursedoc


def list_course(course: Course, document: coursedoc.Course) -> None:
    """Write down what the document and the runs say of the course."""
    facts = facts_of(document)
    subjects = list(Subject.objects.filter(slug__in=document.subjects).values_list("slug", "pk"))
    in_order = sorted(subjects, key=lambda subject: document.subjects.index(subject[0]))
    _copy(course, facts)
    course.subject_id = in_order[0][1] if in_order else course.subject_id
    course.search_config = languages.config(facts.language)
    course.facets = list(
        facets_of(
            facts,
            _runs(course),
            subjects=[slug for slug, _ in in_order] or _chosen_subject(course),
            organisation=course.organisation.slug,
        )
    )
    course.save()
    _index(course, found_words(document, organisation=course.organisation.name, facets=course.facets))


def list_again(course: Course) -> None:
    """Write the listing of the course anew, from its latest version."""
    version = course.versions.order_by("-number").first()
    if version:
        list_course(course, document_of(version))


def _copy(course: Course, facts: CourseFacts) -> None:
    course.title = facts.title
    course.summary = facts.summary
    course.language = facts.language[:12]
    course.level = facts.level[:20]
    course.for_beginners = facts.for_beginners
    course.weeks = facts.weeks
    course.hours_a_week = None if facts.hours_a_week is None else Decimal(str(round(facts.hours_a_week, 1)))
    course.minutes = facts.minutes
    course.modules = facts.modules
    course.caption_languages = list(facts.caption_languages)
    course.skills = list(facts.skills)


def _runs(course: Course) -> Iterable[RunFacts]:
    runs = course.runs.filter(hidden=False).values_list("self_paced", "verified_price")
    return [RunFacts(self_paced=self_paced, verified=price is not None) for self_paced, price in runs]


def _chosen_subject(course: Course) -> list[str]:
    """The subject that staff chose for a course whose document names none."""
    return [course.subject.slug] if course.subject else []


def _index(course: Course, found: Found) -> None:
    config = course.search_config
    vector = (
        SearchVector(Value(found.title), config=config, weight="A")
        + SearchVector(Value(found.short), config=config, weight="B")
        + SearchVector(Value(found.inside), config=config, weight="C")
        + SearchVector(Value(found.kinds), config="english", weight="D")
    )
    Course.objects.filter(pk=course.pk).update(search=vector, listed_at=Now())
