"""Rows of the honest facts, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.peer_review.queries import ReviewFigures, in_hours


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A row of the honest facts; without figure where nobody has measured."""

    name: str
    why: str
    figure: str = ""


def review_wait(review: ReviewFigures | None) -> Iterator[Figure]:
    """How long a first review takes, how many works were left without a score, and what is promised.

    Nothing where peers review nothing.
    """
    if review is None:
        return
    name = _("Wait for a peer review")
    days = review.promise_days
    promised = ngettext("A score within %(n)s day is promised.", "A score within %(n)s days is promised.", days) % {
        "n": days
    }
    if review.wait is None or review.nine_in_ten is None:
        yield Figure(name=name, why=f"{_('Median, when more works are reviewed.')} {promised}")
        return
    said = _("Median; 9 in 10 within %(time)s. Left without a score: %(unscored)s of %(works)s.") % {
        "time": in_hours(review.nine_in_ten),
        "unscored": review.unscored,
        "works": review.works,
    }
    yield Figure(name=name, figure=review.wait_in_words, why=f"{said} {promised}")
