"""All work of an assignment, as the course team sees it: each learner of the run, handed in or not."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, DeadlineExtension, Draft, Submission
from stoa.peer_review.models import TeamMember as Member

A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class SubmittedRow:
    """A learner, and how far their work is."""

    enrolment_id: int
    name: str
    team: str
    submission: Submission | None
    draft_saved_at: datetime | None
    extended_to: datetime | None


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A page of learners, and how many of all handed in."""

    rows: tuple[SubmittedRow, ...]
    page: Page[Enrolment]
    learners: int
    handed_in: int
    late: int


def submitted_of(desk: Desk, assignment: Assignment, *, containing: str = "", number: str = "1") -> Submitted:
    """The run's learners by name, a page at a time."""
    enrolments = Enrolment.objects.filter(run=desk.run_id, withdrawal=None).select_related("person")
    found = enrolments.filter(person__display_name__icontains=containing) if containing else enrolments
    ordered = found.order_by("person__display_name", "pk").prefetch_related(
        Prefetch("submissions", Submission.objects.filter(assignment=assignment).order_by("-round")),
        Prefetch("drafts", Draft.objects.filter(assignment=assignment)),
        Prefetch("deadline_extensions", DeadlineExtension.objects.filter(assignment=assignment)),
        Prefetch(
            "team_memberships",
            Member.objects.filter(assignment=assignment)
            .select_related("team")
            .prefetch_related(Prefetch("team__submissions", Submission.objects.order_by("-round"))),
        ),
    )
    page = Paginator(ordered, A_PAGE).get_page(number)
    works = Submission.objects.filter(assignment=assignment, round=1).exclude(state=Submission.State.WITHDRAWN)
    return Submitted(
        rows=tuple(_row(enrolment) for enrolment in page.object_list),
        page=page,
        learners=enrolments.count(),
        handed_in=works.count(),
        late=works.filter(on_time=False).count(),
    )


def learner_of(desk: Desk, enrolment_id: int) -> Enrolment | None:
    """A learner of the run."""
    return Enrolment.objects.filter(pk=enrolment_id, run=desk.run_id).select_related("person").first()


def _row(enrolment: Enrolment) -> SubmittedRow:
    team = next((member.team for member in enrolment.team_memberships.all()), None)
    works = list(team.submissions.all() if team else enrolment.submissions.all())
    draft = next(iter(enrolment.drafts.all()), None)
    extension = next(iter(enrolment.deadline_extensions.all()), None)
    return SubmittedRow(
        enrolment_id=enrolment.pk,
        name=enrolment.person.display_name,
        team=team.name if team else "",
        submission=works[0] if works else None,
        draft_saved_at=draft.saved_at if draft else None,
        extended_to=extension.due_at if extension else None,
    )
