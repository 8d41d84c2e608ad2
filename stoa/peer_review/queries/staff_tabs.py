"""The pages of peer review for those who give the course, and how much waits on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Appeal, Assignment, StaffRead, Submission, Volunteer, WordsReport, WorkFlag
from stoa.peer_review.queries.headings import Heading


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A page, and how much waits on it."""

    key: str
    name: str
    address: str
    count: int = 0
    urgent: bool = False


def staff_heading(desk: Desk, heading: str, place: str) -> Heading:
    """What stands above a page for staff."""
    return Heading(
        course_title=desk.title,
        course_language=desk.language,
        run_address=desk.address,
        title="",
        assignment_address="",
        heading=heading,
        place=place,
    )


def tabs_of(desk: Desk, assignments: Sequence[Assignment]) -> tuple[Tab, ...]:
    """The pages for staff, with how much waits on each."""
    root = f"{desk.address}peer-review/"
    reads = StaffRead.objects.filter(assignment__in=assignments, settled_at=None)
    appeals = Appeal.objects.filter(submission__assignment__in=assignments, settled_at=None)
    reports = WordsReport.objects.filter(review__assignment__in=assignments, answer=None).count()
    flags = WorkFlag.objects.filter(review__assignment__in=assignments, answer=None).count()
    alike = Submission.objects.filter(assignment__in=assignments).exclude(cluster="").values("cluster").distinct()
    readers = Volunteer.objects.filter(course=desk.course_id)
    return (
        Tab(key="health", name=_("Health"), address=root),
        Tab(key="queue", name=_("To read"), address=f"{root}queue/", count=reads.count(), urgent=True),
        Tab(key="appeals", name=_("Appeals"), address=f"{root}appeals/", count=appeals.count(), urgent=True),
        Tab(key="reports", name=_("Reports"), address=f"{root}reports/", count=reports + flags, urgent=True),
        Tab(key="copies", name=_("Alike"), address=f"{root}copies/", count=alike.count()),
        Tab(key="fairness", name=_("Fairness report"), address=f"{root}fairness/"),
        Tab(key="volunteers", name=_("Volunteers"), address=f"{root}volunteers/", count=readers.count()),
    )
