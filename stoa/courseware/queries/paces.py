"""By how much a learner moved the dates that close things."""

from datetime import datetime

from stoa.courseware.models import DateShift, Pause
from stoa.courseware.rules.pace import Shift, days_rested


def shifts_of(enrolment_id: int, *, now: datetime) -> tuple[Shift, ...]:
    """All shifts of a learner, the running rest as the last."""
    rows = DateShift.objects.filter(enrolment=enrolment_id).order_by("at", "pk").values_list("days", "at")
    rest = Pause.objects.filter(enrolment=enrolment_id).values_list("at", flat=True).first()
    resting = (Shift(days=days_rested(since=rest, until=now), at=rest),) if rest else ()
    return (*(Shift(days=days, at=at) for days, at in rows), *resting)
