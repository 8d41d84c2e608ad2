"""An assignment in front of its learner: what is asked, how it is read, what they wrote, what was promised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from stoa.coursedoc.model import Criterion
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, Draft, SelfReview, Submission, SubmissionVersion
from stoa.peer_review.queries.assignments import deadline_of, submission_of, team_of
from stoa.peer_review.queries.duties import given_by
from stoa.peer_review.queries.files import file_address
from stoa.peer_review.queries.hand_in.form import FormView, Typed, form_of
from stoa.peer_review.queries.hand_in.nexts import NextStep, next_of
from stoa.peer_review.queries.hand_in.promises import PromiseWords, promise_of
from stoa.peer_review.queries.hand_in.stages import Standing, stages_of
from stoa.peer_review.queries.hand_in.teams import TeamView, team_view
from stoa.peer_review.queries.headings import Heading, address_of, heading_of
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.terms import standing_of
from stoa.peer_review.queries.works import coloured
from stoa.peer_review.rules.deadlines import Deadline, Window, may_replace

State = Submission.State
REPLACEABLE = frozenset({State.SUBMITTED, State.SCREEN, State.OPEN, State.URGENT, State.PROVISIONAL, State.STAFF})


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """A file that was handed in, for its reader."""

    name: str
    size: int
    address: str


@dataclass(frozen=True, kw_only=True)
class HandedInView:
    """What was handed in."""

    version: SubmissionVersion
    code: str
    """Safe HTML."""
    files: tuple[FileLink, ...]
    submission: Submission
    versions: int
    can_withdraw: bool
    at: datetime
    on_time: bool
    withdrawn: bool
    asks_changes: bool
    draft_differs: bool
    """The form holds something else than was handed in last."""


@dataclass(frozen=True, kw_only=True)
class HandInView:
    """The hand-in part of an assignment."""

    assignment: Assignment
    course_language: str
    address: str
    step_address: str
    dom_id: str
    prompts: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    shows_points: bool
    heading: Heading
    promise: PromiseWords | None
    deadline: Deadline
    window: Window
    form: FormView | None
    """None where nothing can be handed in: for visitors, before it opens, after it closed, once there is a score."""
    next: NextStep | None
    handed_in: HandedInView | None
    team: TeamView | None
    enrolled: bool
    gives: bool
    """The reader gives the course in some role."""
    leads: bool
    """The reader may set its dates."""
    backup: str
    """Names the copy on the learner's own device."""

    @property
    def grace_minutes(self) -> int:
        """Minutes after the deadline that still count as on time."""
        return int(self.deadline.grace / timedelta(minutes=1))

    @property
    def extended(self) -> bool:
        """This learner has a later deadline than the others."""
        return self.deadline.due != self.assignment.due_at

    @property
    def peers(self) -> bool:
        """Peers read the work."""
        return "peer" in self.assignment.flow

    @property
    def folded(self) -> bool:
        """The form is put aside: what stands in it is handed in."""
        done = self.handed_in
        return done is not None and not (done.withdrawn or done.asks_changes or done.draft_differs or self._mending)

    @property
    def _mending(self) -> bool:
        return self.form is not None and (self.form.has_faults or bool(self.form.problem))

    @property
    def needs_team(self) -> bool:
        """The learner has to be in a team before they hand in."""
        return self.team is not None and self.team.name == ""


def hand_in_views(desk: Desk, item_ids: Iterable[str], *, now: datetime) -> Mapping[str, HandInView]:
    """The parts of a step, by item id; an assignment that learners don't see is only there for the course team."""
    rows = Assignment.objects.in_course().select_related("published", "run", "responsible")
    wanted = rows.filter(run_id=desk.run_id, item_id__in=list(item_ids))
    seen = wanted if desk.team else wanted.filter(published__hidden=False)
    return {row.item_id: hand_in_view(desk, row, now=now) for row in seen}


def hand_in_view(desk: Desk, assignment: Assignment, *, now: datetime, typed: Typed | None = None) -> HandInView:
    """The part for the reader of this desk, with what they typed where it was refused."""
    enrolment = desk.enrolment
    team = team_of(assignment, enrolment) if enrolment and assignment.teams else None
    work = submission_of(assignment, enrolment, team) if enrolment else None
    deadline = deadline_of(assignment, enrolment, team)
    draft = _draft(assignment, enrolment)
    window = deadline.window(now)
    content = content_of(assignment.published)
    dom_id, address = f"hand-in-{assignment.pk}", address_of(desk, assignment)
    standing, left = _standing(assignment, work, desk)
    writes = enrolment is not None and _can_write(work, window) and not (assignment.teams and team is None)
    return HandInView(
        assignment=assignment,
        course_language=desk.language,
        address=address,
        step_address=f"{desk.address}steps/{assignment.published.step_id}/",
        dom_id=dom_id,
        prompts=tuple(prompt.source for prompt in content.prompts),
        criteria=content.criteria,
        shows_points=assignment.outcome == Assignment.Outcome.POINTS,
        heading=heading_of(
            desk,
            assignment,
            heading=assignment.published.title,
            place=_("Hand in"),
            steps=stages_of(assignment, deadline, standing, now=now),
        ),
        promise=promise_of(assignment, work, now=now),
        deadline=deadline,
        window=window,
        form=form_of(content, draft, typed, dom_id=dom_id) if writes else None,
        next=next_of(assignment, standing, left=left, address=address),
        handed_in=_handed_in(work, draft, desk.person_id or 0),
        team=team_view(assignment, team, work, address=address_of(desk, assignment))
        if enrolment and assignment.teams
        else None,
        enrolled=enrolment is not None,
        gives=desk.team,
        leads=desk.leads,
        backup=f"{desk.person_id}-{assignment.pk}",
    )


def _standing(assignment: Assignment, work: Submission | None, desk: Desk) -> tuple[Standing, int]:
    """How far the learner is, and how many reviews they have left to give."""
    if work is None or work.state == State.WITHDRAWN or desk.enrolment is None:
        return Standing(submission=work), 0
    given = given_by(assignment, desk.person_id or 0)
    left = max(0, standing_of(assignment).terms.owed - given) if "peer" in assignment.flow else 0
    looked_back = SelfReview.objects.filter(submission=work, enrolment=desk.enrolment).exists()
    return Standing(submission=work, reviewed=left == 0, looked_back=looked_back), left


def _draft(assignment: Assignment, enrolment: Enrolment | None) -> Draft | None:
    return Draft.objects.filter(assignment=assignment, enrolment=enrolment).first() if enrolment else None


def _can_write(work: Submission | None, window: Window) -> bool:
    """Drafts are written before an assignment opens too."""
    if work is None or work.state == State.WITHDRAWN:
        return window is not Window.CLOSED
    if work.verdict == Submission.Verdict.NEEDS_CHANGES:
        return True
    if work.state not in REPLACEABLE:
        return False
    return work.round > 1 or may_replace(on_time=work.on_time, window=window)


def _handed_in(work: Submission | None, draft: Draft | None, reader_id: int) -> HandedInView | None:
    if work is None:
        return None
    version = work.versions.prefetch_related("files").get(number=work.latest)
    return HandedInView(
        version=version,
        code=coloured(version.code, version.code_language),
        files=tuple(
            FileLink(name=file.name, size=file.size, address=file_address(file, reader_id=reader_id))
            for file in version.files.all()
        ),
        submission=work,
        versions=work.latest,
        can_withdraw=work.state in REPLACEABLE,
        at=version.at,
        on_time=work.on_time,
        withdrawn=work.state == State.WITHDRAWN,
        asks_changes=work.verdict == Submission.Verdict.NEEDS_CHANGES,
        draft_differs=draft is not None and _differs(draft, version),
    )


def _differs(draft: Draft, version: SubmissionVersion) -> bool:
    files = {file.pk for file in version.files.all()} != set(draft.files.values_list("pk", flat=True))
    return files or (draft.answers, draft.code, draft.links) != (version.answers, version.code, version.links)
