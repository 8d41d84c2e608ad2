"""The stages of an assignment with their dates, in the reader's zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stoa.coursedoc.model import ReviewFlow
from stoa.kernel.dates import moment_in_words
from stoa.peer_review.models import Assignment, Submission
from stoa.peer_review.queries.headings import Stage
from stoa.peer_review.rules.deadlines import Deadline, reviews_due

State = Submission.State
OVER = frozenset({State.FINAL, State.APPEAL, State.REVIEWING, State.NO_HARM})
"""States in which the readers have spoken."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a learner is."""

    submission: Submission | None = None
    reviewed: bool = False
    """The own reviews are given."""
    looked_back: bool = False
    """The self-review is given."""


def stages_of(assignment: Assignment, deadline: Deadline, standing: Standing, *, now: datetime) -> tuple[Stage, ...]:
    """The stages that this assignment has; the first one that is not done is the one to do now."""
    rows = list(_stages(assignment, deadline, standing, now))
    here = next((place for place, (_name, _when, done) in enumerate(rows) if not done), len(rows))
    return tuple(
        Stage(name=name, when=when, state="done" if done else "now" if place == here else "later")
        for place, (name, when, done) in enumerate(rows)
    )


def _stages(
    assignment: Assignment, deadline: Deadline, standing: Standing, now: datetime
) -> Iterator[tuple[str, str, bool]]:
    work = standing.submission if standing.submission and standing.submission.state != State.WITHDRAWN else None
    over = work is not None and work.state in OVER
    yield _("Submit"), _submit_when(deadline, work, now), work is not None
    if ReviewFlow.PEER in assignment.flow and assignment.reviews_to_give:
        yield _review_name(assignment.reviews_to_give), _review_when(assignment, work, now), standing.reviewed
    if ReviewFlow.SELF in assignment.flow:
        yield _("Self-review"), _("2 minutes"), standing.looked_back or over
    yield _last_name(assignment), _score_when(assignment, work, now), over


def _submit_when(deadline: Deadline, work: Submission | None, now: datetime) -> str:
    if work is not None:
        return _in_words(work.submitted_at, now)
    return _by(deadline.due, now) if deadline.due else _("at your own pace")


def _review_when(assignment: Assignment, work: Submission | None, now: datetime) -> str:
    if work is None:
        return _by(assignment.reviews_due_at, now) if assignment.reviews_due_at else _("within 4 days")
    until = reviews_due(
        submitted_at=work.submitted_at,
        reviews_open_at=assignment.reviews_open_at,
        due_at=assignment.reviews_due_at,
    )
    return _by(until, now)


def _score_when(assignment: Assignment, work: Submission | None, now: datetime) -> str:
    if work is not None:
        return _by(work.promised_at, now)
    days = assignment.promise_days
    return ngettext("within %(days)s day", "within %(days)s days", days) % {"days": days}


def _review_name(count: int) -> str:
    names = {
        1: _("Review one"),
        2: _("Review two"),
        3: _("Review three"),
        4: _("Review four"),
        5: _("Review five"),
    }
    return names.get(count) or _("Review %(count)s") % {"count": count}


def _last_name(assignment: Assignment) -> str:
    if assignment.outcome == Assignment.Outcome.FEEDBACK:
        return pgettext("the last stage", "Feedback")
    return pgettext("the last stage", "Result") if assignment.outcome == Assignment.Outcome.MEETS else _("Score")


def _by(moment: datetime | None, now: datetime) -> str:
    return _("by %(moment)s") % {"moment": _in_words(moment, now)} if moment else ""


def _in_words(moment: datetime, now: datetime) -> str:
    return moment_in_words(localtime(moment), now=now)
