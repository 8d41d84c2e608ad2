"""What a reviewer learns of their own reviewing: how they mark, how their words help, what badge that earns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stoa.peer_review.models import Assignment, Estimation, Marking, Review, ReviewRating
from stoa.peer_review.queries.estimating import ASSUMED
from stoa.peer_review.rules.feedback import Badge, Calibration, Leaning, Rating, badge, calibration, helpfulness
from stoa.peer_review.rules.scoring.values import Reviewer

Words = str | Lazy
BADGES: Mapping[Badge, Words] = {
    Badge.HELPFUL: gettext_lazy("Helpful reader: authors find that your words help."),
    Badge.STEADY: gettext_lazy("Steady reader: your marks scatter clearly less than usual."),
    Badge.TRUSTED: gettext_lazy("Trusted reader: your words help, and your marks scatter clearly less than usual."),
}
"""What a badge says, to its owner alone: reviews have no names."""


@dataclass(frozen=True, kw_only=True)
class StandingRow:
    """One thing that is known of a reviewer."""

    icon: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Marked:
    """How somebody marked in a course, by its latest estimate, with how many reviews, and what is usual there."""

    reviewer: Reviewer
    usual_noise_sd: float


def standing_of(assignment: Assignment, person_id: int, written: Sequence[Review]) -> tuple[StandingRow, ...]:
    """How the person marks, how helpful authors found their words, and their badge; nobody else sees it."""
    return tuple(_rows(assignment, person_id)) if written else ()


def badge_of(person_id: int, course_id: int) -> Badge:
    """The badge that somebody's reviews in a course have earned so far."""
    marked = marked_in(course_id, person_id)
    if marked is None:
        return Badge.NONE
    return badge(marked.reviewer, _ratings(person_id, course_id), usual_noise_sd=marked.usual_noise_sd)


def marked_in(course_id: int, person_id: int) -> Marked | None:
    """How somebody marked in the course: the latest estimate has learnt from the earlier ones."""
    rows = list(Marking.objects.filter(assignment__run__course=course_id, person=person_id).order_by("at", "pk"))
    if not rows:
        return None
    last = rows[-1]
    reviewer = Reviewer(
        bias=last.bias,
        bias_variance=last.bias_variance,
        shape=last.shape,
        rate=last.rate,
        reviews=sum(row.reviews for row in rows),
    )
    told = Estimation.objects.filter(pk=last.assignment_id).first()
    usual = told.model.get("noise_sd", ASSUMED.noise_sd) if told else ASSUMED.noise_sd
    return Marked(reviewer=reviewer, usual_noise_sd=usual)


def _rows(assignment: Assignment, person_id: int) -> Iterator[StandingRow]:
    course_id = assignment.run.course_id
    marked = marked_in(course_id, person_id)
    if marked is not None:
        yield from _marking(marked)
    ratings = _ratings(person_id, course_id)
    if ratings:
        yield StandingRow(icon="thumbs-up", text=_helpful(ratings))
    earned = badge_of(person_id, course_id)
    if earned is not Badge.NONE:
        yield StandingRow(icon="award", text=str(BADGES[earned]))


def _marking(marked: Marked) -> Iterator[StandingRow]:
    told = calibration(marked.reviewer)
    if told.leaning is Leaning.UNKNOWN:
        yield StandingRow(icon="scale", text=_("After three reviews you read here how you mark."))
        return
    yield StandingRow(icon="scale", text=_habit(told))
    said = _(
        "Your marks scatter by about %(own)s points around what the work is believed to deserve; usual are %(usual)s."
    )
    figures = {"own": round(sqrt(marked.reviewer.noise_variance)), "usual": round(marked.usual_noise_sd)}
    yield StandingRow(icon="target", text=said % figures)


def _habit(told: Calibration) -> str:
    if told.leaning is Leaning.EVEN:
        return _("You mark as others do.")
    points = round(told.points)
    said = (
        ngettext("You mark %(n)s point high", "You mark %(n)s points high", points)
        if told.leaning is Leaning.HIGH
        else ngettext("You mark %(n)s point low", "You mark %(n)s points low", points)
    ) % {"n": points}
    give = _("%(said)s, give or take %(n)s.") % {"said": said, "n": round(told.give_or_take)}
    return f"{give} {_('The score takes that into account; it costs nobody anything.')}"


def _helpful(ratings: Sequence[Rating]) -> str:
    said = ngettext(
        "%(n)s author has rated your words; by that, about %(share)s %% of what you write helps.",
        "%(n)s authors have rated your words; by that, about %(share)s %% of what you write helps.",
        len(ratings),
    )
    return said % {"n": len(ratings), "share": round(100 * helpfulness(ratings))}


def _ratings(person_id: int, course_id: int) -> list[Rating]:
    rows = ReviewRating.objects.filter(review__reviewer=person_id, review__assignment__run__course=course_id)
    rows = rows.exclude(review__role=Review.Role.STAFF).order_by("pk")
    return [
        Rating(helpful=h, specific=s, respectful=r) for h, s, r in rows.values_list("helpful", "specific", "respectful")
    ]
