"""Courses and runs, for those who may see them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from stoa.accounts.models import Person
from stoa.accounts.queries import organisations_of
from stoa.catalogue.models import Course, Run, Teaching

Reader = Person | AnonymousUser


def may_teach(person: Reader, course: Course) -> bool:
    """True for the course's instructors and for the staff of its organisation."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    gives = Exists(
        Teaching.objects.filter(course=OuterRef("pk"), person=person, role=Teaching.Role.INSTRUCTOR).order_by()
    )
    return Course.objects.filter(gives | Q(organisation__in=organisations_of(person).order_by()), pk=course.pk).exists()


def course_for(person: Reader, *, course: str) -> Course:
    """The course at this address: everyone sees those on offer, who gives it sees it before."""
    offered = Exists(Run.objects.filter(course=OuterRef("pk"), hidden=False).order_by())
    courses = Course.objects.select_related("organisation", "subject").annotate(on_offer=offered)
    found = get_object_or_404(courses, slug=course)
    if not vars(found)["on_offer"]:
        _only_for_teachers(person, found)
    return found


def run_for(person: Reader, *, course: str, run: str) -> Run:
    """The run at this address: everyone sees it, hidden ones only who gives the course."""
    found = get_object_or_404(
        Run.objects.select_related("course__organisation", "course__subject", "version"), course__slug=course, code=run
    )
    if found.hidden:
        _only_for_teachers(person, found.course)
    return found


def runs_of(course: Course) -> QuerySet[Run]:
    """All runs of the course, hidden ones too, the latest first."""
    return Run.objects.filter(course=course).select_related("version").order_by("-starts_at", "-pk")


def _only_for_teachers(person: Reader, course: Course) -> None:
    if not may_teach(person, course):
        raise Http404
