"""The result of one's own work: before, at and after the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stoa.catalogue.queries import document_of
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk
from stoa.kernel.dates import moment_in_words
from stoa.peer_review.models import Assignment, Review, Score, SelfReview, Submission
from stoa.peer_review.queries.appeals import AppealView, appeal_view
from stoa.peer_review.queries.came_about import CameAbout, came_about, lowered_notice, lowering_of
from stoa.peer_review.queries.counts_for import counts_for
from stoa.peer_review.queries.duties import Duty, duty_of
from stoa.peer_review.queries.explained import explanation_in
from stoa.peer_review.queries.hand_in.promises import PromiseWords
from stoa.peer_review.queries.hand_in.stages import OVER
from stoa.peer_review.queries.headings import Heading, address_of, heading_of
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.outcomes import Outcome, outcome_of
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.score_views import Change, ScoreView, changes, score_view
from stoa.peer_review.queries.waiting import WaitingView, WhenRow, waiting_view, when_it_came
from stoa.peer_review.queries.words_got import CommentShown, comments_of, marks_seen_until, reviews_got, unrated
from stoa.peer_review.rules import rubrics
from stoa.peer_review.rules.promise import Promise, score_shown
from stoa.peer_review.rules.states import WAITING

Words = str | Lazy


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A score that may be seen, and all that belongs to it."""

    score: ScoreView
    came_about: CameAbout
    would_change: tuple[Change, ...]
    appeal: AppealView | None
    """None while the score is provisional: there is nothing to object to yet."""
    counts: str = ""
    """What it counts for in the course."""


@dataclass(frozen=True, kw_only=True)
class ResultPage:
    """What an author sees of their work's result."""

    head: Heading
    address: str
    submission: Submission
    promise: PromiseWords | None
    notices: Sequence[Notice]
    comments: tuple[CommentShown, ...]
    rates: bool
    """The words are to be rated before any mark is shown."""
    shows_marks: bool
    when: tuple[WhenRow, ...]
    scored: Scored | None = None
    waiting: WaitingView | None = None
    outcome: Outcome | None = None
    problem: Words = ""

    def answered(self, said: Mapping[str, str], *, problem: Words) -> "ResultPage":
        """The page with what was said of the words so far."""
        comments = tuple(replace(one, asks=tuple(ask.answered(said) for ask in one.asks)) for one in self.comments)
        return replace(self, comments=comments, problem=problem)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A piece of work with all that belongs to its result."""

    desk: Desk
    assignment: Assignment
    work: Submission
    duty: Duty
    by: Enrolment
    reviews: list[Review]
    score: Score | None
    now: datetime

    @property
    def address(self) -> str:
        return f"{address_of(self.desk, self.assignment)}result/"

    @property
    def is_over(self) -> bool:
        return self.work.state in OVER

    @property
    def is_due(self) -> bool:
        """The score may be shown: the own reviews are given, or fourteen days have passed."""
        promise = Promise(days=self.assignment.promise_days)
        owed, given = self.duty.owed, self.duty.given
        return (self.is_over or self.is_provisional) and score_shown(
            owed=owed, given=given, since=self.work.t0, now=self.now, promise=promise
        )

    @property
    def is_provisional(self) -> bool:
        """Readers have spoken, and others may still: there is a score, and it may go up or down until it is final."""
        scored = self.score is not None and self.assignment.outcome == Assignment.Outcome.POINTS
        return scored and self.work.state in WAITING


class NoResult(Exception):
    """Nothing was handed in, so there is nothing to tell."""


def result_page(desk: Desk, assignment: Assignment, by: Enrolment, *, now: datetime, problem: Words = "") -> ResultPage:
    """The result of the author's work.

    Raises NoResult.
    """
    case = _case(desk, assignment, by, now)
    to_rate = unrated(case.reviews, seen=marks_seen_until(case.work)) if case.is_due else []
    rates, shown = bool(to_rate), case.is_due and not to_rate
    root = address_of(desk, assignment)
    return ResultPage(
        head=_heading(case, final=shown and case.is_over),
        address=case.address,
        submission=case.work,
        promise=case.duty.promise,
        notices=(*case.duty.notices, *_lowered(case, shown=shown)),
        comments=comments_of(case.reviews, by, case.address, to_rate=to_rate),
        rates=rates,
        shows_marks=shown,
        when=when_it_came(case.work, case.reviews, case.score if shown else None),
        scored=_scored(case) if shown else None,
        waiting=None if rates else _waiting(case, shown=shown),
        outcome=outcome_of(assignment, case.work, case.reviews, address=root) if shown and case.is_over else None,
        problem=problem,
    )


def own_review(desk: Desk, assignment: Assignment, by: Enrolment, place: int, *, now: datetime) -> Review:
    """The review of the author's work that stands at this place of their page.

    Raises NoResult.
    """
    reviews = _case(desk, assignment, by, now).reviews
    if not 1 <= place <= len(reviews):
        raise NoResult
    return reviews[place - 1]


def _case(desk: Desk, assignment: Assignment, by: Enrolment, now: datetime) -> _Case:
    duty = duty_of(desk, assignment, now=now)
    if duty.submission is None:
        raise NoResult
    return _Case(
        desk=desk,
        assignment=assignment,
        work=duty.submission,
        duty=duty,
        by=by,
        reviews=reviews_got(duty.submission),
        score=Score.objects.filter(submission=duty.submission).first(),
        now=now,
    )


def _heading(case: _Case, *, final: bool) -> Heading:
    title = case.assignment.published.title
    points = case.assignment.outcome == Assignment.Outcome.POINTS
    heading = _("%(title)s: your score") if points and final else _("%(title)s: your result")
    return heading_of(
        case.desk,
        case.assignment,
        heading=heading % {"title": title},
        place=_("Score") if points else _("Result"),
        steps=case.duty.stages,
    )


def _waiting(case: _Case, *, shown: bool) -> WaitingView | None:
    if shown and case.is_over and case.work.state != Submission.State.NO_HARM:
        return None
    return waiting_view(
        case.assignment,
        case.duty,
        address=address_of(case.desk, case.assignment),
        got=len(case.reviews),
        now=case.now,
    )


def _scored(case: _Case) -> Scored | None:
    score = case.score
    if score is None or case.assignment.outcome != Assignment.Outcome.POINTS:
        return None
    explanation, lowered = explanation_in(score.explanation), lowering_of(score) is not None
    may_change = score.method in {Score.Method.ESTIMATE, Score.Method.MEAN} and not lowered
    passing = document_of(case.assignment.published.version).scheme.passing
    marks = [review.points for review in case.reviews if review.points is not None]
    return Scored(
        score=score_view(
            score=score.points,
            low=score.low,
            high=score.high,
            passing=100 * passing,
            marks=marks,
            adds=_adds(case),
            provisional=_final_by(case),
            interval=score.method != Score.Method.STAFF and not lowered,
        ),
        came_about=came_about(case.assignment, score, case.reviews, own=_own_points(case)),
        would_change=changes(explanation, score=score.points) if explanation and may_change else (),
        counts=counts_for(case.assignment, case.by) if case.is_over else "",
        appeal=appeal_view(case.assignment, case.work, score, now=case.now) if case.is_over else None,
    )


def _lowered(case: _Case, *, shown: bool) -> tuple[Notice, ...]:
    notice = lowered_notice(case.score) if shown and case.score is not None else None
    return (notice,) if notice else ()


def _adds(case: _Case) -> str:
    method = case.score.method if case.score else ""
    if method == Score.Method.STAFF:
        return _("An instructor read it.")
    return _("Two fresh readers read it.") if method == Score.Method.FRESH else ""


def _final_by(case: _Case) -> str:
    if not case.is_provisional:
        return ""
    date = moment_in_words(localtime(case.work.promised_at), now=case.now)
    return _("provisional, final by %(date)s") % {"date": date}


def _own_points(case: _Case) -> float | None:
    kept = SelfReview.objects.filter(submission=case.work, enrolment=case.by).first()
    return rubrics.points(content_of(case.assignment.published).criteria, kept.levels) if kept else None
