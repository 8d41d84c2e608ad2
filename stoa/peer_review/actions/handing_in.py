"""Handing work in, again until the deadline, and taking it back."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stoa.courseware.actions import complete_step
from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.models import Enrolment
from stoa.kernel.bus import publish
from stoa.peer_review.actions.drafting import lock_draft, save_draft
from stoa.peer_review.actions.moving import lock
from stoa.peer_review.actions.promising import promise_by_mail
from stoa.peer_review.actions.refusals import BeingScored, Closed, NoTeam, NotOpenYet, WorkRefused
from stoa.peer_review.events import HandedIn, WorkWithdrawn
from stoa.peer_review.models import Assignment, Submission, SubmissionVersion, SubmittedFile, Team
from stoa.peer_review.queries.assignments import deadline_of, submission_of, team_of
from stoa.peer_review.queries.hand_in.previews import safe_html
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules import deadlines
from stoa.peer_review.rules import work as rules
from stoa.peer_review.rules.deadlines import Deadline, Window
from stoa.peer_review.rules.promise import Promise, clock_start
from stoa.peer_review.rules.work import Work

State = Submission.State
BEFORE_SCORE = (State.SUBMITTED, State.SCREEN, State.OPEN, State.URGENT, State.PROVISIONAL, State.STAFF)
"""States in which work can be replaced or taken back."""


@dataclass(frozen=True, kw_only=True)
class _HandIn:
    """One hand-in on its way."""

    assignment: Assignment
    enrolment: Enrolment
    team: Team | None
    work: Work
    deadline: Deadline
    at: datetime

    @property
    def on_time(self) -> bool:
        return self.deadline.on_time(self.at)


def hand_in(*, assignment: Assignment, enrolment: Enrolment, work: Work, at: datetime) -> Submission:
    """Keep the work for good and begin its promise; the same work again is the same hand-in.

    Raises Refused; what was typed is kept as a draft all the same.
    """
    save_draft(assignment=assignment, enrolment=enrolment, work=work, at=at)
    return _hand_in(assignment, enrolment, rules.tidy(work), at)


@transaction.atomic
def _hand_in(assignment: Assignment, enrolment: Enrolment, work: Work, at: datetime) -> Submission:
    team = _lock(assignment, enrolment, at)
    hand_in = _HandIn(
        assignment=assignment,
        enrolment=enrolment,
        team=team,
        work=work,
        deadline=deadline_of(assignment, enrolment, team),
        at=at,
    )
    before = submission_of(assignment, enrolment, team)
    if before is not None and _is_there(before, work):
        return before
    _refuse_lacking(hand_in)
    if before is not None and before.state in BEFORE_SCORE:
        return _replaced(before, hand_in)
    return _begun(before, hand_in)


@transaction.atomic
def withdraw(*, submission: Submission, by: Enrolment, at: datetime) -> None:
    """Take work back before it has its score; it can be handed in again until the deadline.

    Raises BeingScored.
    """
    lock([submission.pk])
    kept = Submission.objects.select_for_update().get(pk=submission.pk)
    if kept.state == State.WITHDRAWN:
        return
    if kept.state not in BEFORE_SCORE:
        raise BeingScored
    kept.state = State.WITHDRAWN
    kept.save(update_fields=["state"])
    assignment = kept.assignment
    publish(
        WorkWithdrawn(
            **of_enrolment(by), item_id=assignment.item_id, assignment_id=assignment.pk, submission_id=kept.pk, at=at
        )
    )


def _lock(assignment: Assignment, enrolment: Enrolment, at: datetime) -> Team | None:
    """The learner's team where the assignment has teams; nobody else hands in for the same unit until we are done.

    Raises NoTeam.
    """
    lock_draft(assignment=assignment, enrolment=enrolment, at=at)
    if not assignment.teams:
        return None
    team = team_of(assignment, enrolment)
    if team is None:
        raise NoTeam
    return Team.objects.select_for_update().get(pk=team.pk)


def _is_there(before: Submission, work: Work) -> bool:
    receipt = rules.receipt(work, number=before.latest)
    return before.state != State.WITHDRAWN and before.versions.filter(number=before.latest, receipt=receipt).exists()


def _refuse_lacking(hand_in: _HandIn) -> None:
    if faults := rules.faults(hand_in.work, content_of(hand_in.assignment.published)):
        raise WorkRefused(faults)


def _replaced(submission: Submission, hand_in: _HandIn) -> Submission:
    """A further version: no clock restarts, reviews of the old one stay with it."""
    lock([submission.pk])
    kept = Submission.objects.select_for_update().get(pk=submission.pk)
    if kept.state not in BEFORE_SCORE:
        raise BeingScored
    if kept.round == 1 and not deadlines.may_replace(on_time=kept.on_time, window=hand_in.deadline.window(hand_in.at)):
        raise Closed
    kept.latest += 1
    kept.screen = Submission.Screen.PENDING
    kept.save(update_fields=["latest", "screen"])
    _keep_version(kept, hand_in)
    return kept


def _begun(before: Submission | None, hand_in: _HandIn) -> Submission:
    """A first version of work, or of its next round."""
    assignment = hand_in.assignment
    changes_asked = before is not None and before.verdict == Submission.Verdict.NEEDS_CHANGES
    if before is not None and before.state != State.WITHDRAWN and not changes_asked:
        raise BeingScored
    if not changes_asked:
        _refuse_outside(hand_in)
    t0 = clock_start(submitted_at=hand_in.at, reviews_open_at=assignment.reviews_open_at)
    submission = Submission.objects.create(
        assignment=assignment,
        enrolment=None if hand_in.team else hand_in.enrolment,
        team=hand_in.team,
        token=secrets.token_urlsafe(24),
        round=before.round + 1 if before else 1,
        # Changes were asked for: that they come after the deadline is no fault of the author.
        on_time=before.on_time if before and changes_asked else hand_in.on_time,
        submitted_at=hand_in.at,
        t0=t0,
        promised_at=Promise(days=assignment.promise_days).due(t0),
    )
    _keep_version(submission, hand_in)
    promise_by_mail(submission, hand_in.enrolment)
    complete_step(enrolment=hand_in.enrolment, step_id=assignment.published.step_id, at=hand_in.at)
    return submission


def _refuse_outside(hand_in: _HandIn) -> None:
    window = hand_in.deadline.window(hand_in.at)
    if window is Window.EARLY and hand_in.deadline.opens:
        raise NotOpenYet(hand_in.deadline.opens)
    if window is Window.CLOSED:
        raise Closed


def _keep_version(submission: Submission, hand_in: _HandIn) -> None:
    work, content = hand_in.work, content_of(hand_in.assignment.published)
    files = _files(hand_in)
    version = SubmissionVersion.objects.create(
        submission=submission,
        number=submission.latest,
        answers=list(work.answers),
        html=[safe_html(answer) for answer in work.answers],
        code=work.code,
        code_language=content.code_language[:40] if work.code else "",
        links=list(work.links),
        words=rules.words(work),
        fingerprint=rules.fingerprint(work, [file.sha256 for file in files]),
        by=hand_in.enrolment,
        at=hand_in.at,
        on_time=hand_in.on_time,
        receipt=rules.receipt(work, number=submission.latest),
    )
    version.files.set(files)
    publish(
        HandedIn(
            **of_enrolment(hand_in.enrolment),
            item_id=hand_in.assignment.item_id,
            assignment_id=hand_in.assignment.pk,
            submission_id=submission.pk,
            number=version.number,
            round=submission.round,
            words=version.words,
            files=len(files),
            at=hand_in.at,
        )
    )


def _files(hand_in: _HandIn) -> list[SubmittedFile]:
    """The files named, of those that the learner, or a member of their team, uploaded here."""
    rows = SubmittedFile.objects.filter(assignment=hand_in.assignment, token__in=hand_in.work.files)
    if hand_in.team:
        return list(rows.filter(enrolment__team_memberships__team=hand_in.team).distinct().order_by("pk"))
    return list(rows.filter(enrolment=hand_in.enrolment).order_by("pk"))
