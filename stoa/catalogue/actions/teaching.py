"""Who gives a course."""

from django.db import transaction

from stoa.accounts.models import Person
from stoa.catalogue.models import Course, Teaching


@transaction.atomic
def teach(*, course: Course, person: Person, role: Teaching.Role = Teaching.Role.INSTRUCTOR) -> Teaching:
    """Let the person give the course in this role."""
    teaching, _ = Teaching.objects.update_or_create(course=course, person=person, defaults={"role": role})
    return teaching
