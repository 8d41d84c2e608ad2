"""What a reviewer learns of their own reviewing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.peer_review.models import Review, ReviewRating, Score
from stoa.peer_review.queries.explained import explanation_in
from stoa.peer_review.rules.feedback import Rating, helpfulness

HABIT = 1.0


@dataclass(frozen=True, kw_only=True)
class StandingRow:
    """One thing that is known of a reviewer."""

    icon: str
    text: str


def standing_of(person_id: int, written: Sequence[Review]) -> tuple[StandingRow, ...]:
    """How the person marks, and how helpful authors found their words; nobody else sees it."""
    if not written:
        return ()
    rows = []
    usual = _usual(person_id, written)
    if usual is not None:
        rows.append(StandingRow(icon="scale", text=_habit(usual)))
    rows_of = ReviewRating.objects.filter(review__in=written).values_list("helpful", "specific", "respectful")
    ratings = [Rating(helpful=h, specific=s, respectful=r) for h, s, r in rows_of]
    if ratings:
        share = helpfulness(ratings)
        said = ngettext(
            "%(n)s author has rated your words; by that, about %(share)s %% of what you write helps.",
            "%(n)s authors have rated your words; by that, about %(share)s %% of what you write helps.",
            len(ratings),
        )
        rows.append(StandingRow(icon="thumbs-up", text=said % {"n": len(ratings), "share": round(100 * share)}))
    return tuple(rows)


def _usual(person_id: int, written: Sequence[Review]) -> float | None:
    """Points by which the person marks high, as the newest estimate sees it; None before there is one."""
    works = [review.submission_id for review in written]
    newest = Score.objects.filter(submission__in=works, explanation__isnull=False).order_by("-at").first()
    explanation = explanation_in(newest.explanation) if newest else None
    parts = explanation.reviews if explanation else ()
    return next((part.usual for part in parts if part.rater == str(person_id)), None)


def _habit(usual: float) -> str:
    points = round(abs(usual))
    if points < HABIT:
        return _("You mark as others do.")
    said = (
        ngettext("You mark %(n)s point high.", "You mark %(n)s points high.", points)
        if usual > 0
        else ngettext("You mark %(n)s point low.", "You mark %(n)s points low.", points)
    )
    more = _("The score takes that into account; it costs nobody anything.")
    return f"{said % {'n': points}} {more}"
