"""Telling the log who belongs to the teams, so that their doings are not taken for learners'."""

from django.db import transaction

from stoa.accounts.models import Staff
from stoa.catalogue.models import Run, Teaching
from stoa.courseware.queries import course_key
from stoa.insights.events import RoleChanged
from stoa.insights.models import ToldRole
from stoa.kernel.bus import publish

STAFF = "staff"
Role = tuple[int, int, str]
"""Run, person, role."""


@transaction.atomic
def tell_roles(*, course_id: int | None = None) -> int:
    """Tell the roles that came and went since the log was told, of one course or of all; the number of them."""
    now = _roles(course_id)
    rows = ToldRole.objects.select_for_update().filter(**({"run__course": course_id} if course_id else {}))
    told = {(row.run_id, row.person_id, row.role): row.pk for row in rows}
    came, went = sorted(now - told.keys()), sorted(told.keys() - now)
    ToldRole.objects.bulk_create(
        [ToldRole(run_id=run, person_id=person, role=role) for run, person, role in came], ignore_conflicts=True
    )
    ToldRole.objects.filter(pk__in=[told[role] for role in went]).delete()
    _tell(came, granted=True)
    _tell(went, granted=False)
    return len(came) + len(went)


def _roles(course_id: int | None) -> set[Role]:
    teaching = Teaching.objects.filter(course__runs__isnull=False)
    staff = Staff.objects.filter(organisation__courses__runs__isnull=False)
    if course_id:
        teaching, staff = teaching.filter(course=course_id), staff.filter(organisation__courses=course_id)
    gives = set(teaching.order_by().values_list("course__runs", "person_id", "role"))
    courses = {"organisation__courses": course_id} if course_id else {}
    runs = staff.filter(**courses).order_by().values_list("organisation__courses__runs", "person_id")
    theirs = set(Run.objects.filter(course=course_id).values_list("pk", flat=True)) if course_id else None
    return gives | {(run, person, STAFF) for run, person in runs if run and (theirs is None or run in theirs)}


def _tell(roles: list[Role], *, granted: bool) -> None:
    runs = Run.objects.select_related("course__organisation").defer("course__search")
    named = runs.in_bulk({run for run, _, _ in roles})
    for run_id, person_id, role in roles:
        course = named[run_id].course
        key = course_key(organisation=course.organisation.slug, course=course.code, run=named[run_id].code)
        publish(
            RoleChanged(
                course_id=key, organisation=course.organisation.slug, person_id=person_id, role=role, granted=granted
            )
        )
