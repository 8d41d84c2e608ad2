"""What readers say where work is not scored: it meets what was asked or needs changes, or there are words only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.peer_review.models import Assignment, Review, Submission
from stoa.peer_review.queries.published import content_of


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the work, and what to do."""

    good: bool
    title: str
    text: str
    changes: tuple[str, ...] = ()
    again: str = ""


def outcome_of(assignment: Assignment, work: Submission, reviews: Sequence[Review], *, address: str) -> Outcome | None:
    """The outcome of final work without points; None for scored work."""
    if assignment.outcome == Assignment.Outcome.FEEDBACK:
        return Outcome(
            good=True,
            title=_("You have your feedback"),
            text=_("This assignment is not scored: it is for what your peers see in your work."),
        )
    if assignment.outcome != Assignment.Outcome.MEETS or not work.verdict:
        return None
    if work.verdict == Submission.Verdict.MEETS:
        return Outcome(good=True, title=_("It meets what was asked"), text=_("Nothing more to do here."))
    return Outcome(
        good=False,
        title=_("It needs changes"),
        text=_(
            "Change what the readers name below and hand it in again; no deadline and no penalty stands against it."
        ),
        changes=tuple(_wanting(assignment, reviews)),
        again=address,
    )


def _wanting(assignment: Assignment, reviews: Sequence[Review]) -> list[str]:
    """The criteria for which most readers chose less than the best level."""
    marks = [mark for review in reviews for mark in review.marks.all() if mark.points is not None and mark.out_of]
    read = Counter(mark.criterion_id for mark in marks)
    short = Counter(mark.criterion_id for mark in marks if (mark.points or 0) < (mark.out_of or 0))
    criteria = content_of(assignment.published).criteria
    return [one.label for one in criteria if read[one.id] and 2 * short[one.id] >= read[one.id]]
