"""Who gives a course."""

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.events import InstructorNamed
from stoa.catalogue.models import Course, Teaching
from stoa.kernel.bus import publish


@transaction.atomic
def teach(*, course: Course, person: Person, role: Teaching.Role = Teaching.Role.INSTRUCTOR) -> Teaching:
    """Let the person give the course in this role."""
    teaching, _ = Teaching.objects.update_or_create(course=course, person=person, defaults={"role": role})
    if role == Teaching.Role.INSTRUCTOR:
        publish(InstructorNamed(course_id=course.pk, person_id=person.pk))
    return teaching
