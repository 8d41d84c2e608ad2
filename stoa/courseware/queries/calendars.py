"""Calendar feeds by their secret."""

from stoa.courseware.models import CalendarKey, Enrolment


def calendar_key_of(enrolment: Enrolment) -> str:
    """The secret of the learner's feed; empty where they have none."""
    return CalendarKey.objects.filter(enrolment=enrolment).values_list("key", flat=True).first() or ""


def enrolment_by_calendar(key: str) -> Enrolment | None:
    """Whose feed has that secret; None where nobody's has, or its learner has left the run."""
    found = Enrolment.objects.select_related("person", "run__course").filter(withdrawal=None, person__is_active=True)
    return found.filter(calendar_key__key=key).first()
