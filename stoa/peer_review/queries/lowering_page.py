"""Lowering a final score: the one page on which that can be done, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Lowering, Score, Submission
from stoa.peer_review.queries.at_risk import read_address
from stoa.peer_review.queries.headings import Heading
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.reasons import Reason
from stoa.peer_review.queries.staff_tabs import staff_heading

Words = str | Lazy
_STATES = (Submission.State.FINAL, Submission.State.INTEGRITY_HOLD)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed so far."""

    kind: str = ""
    points: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class LoweringPage:
    """What staff see before they lower a score."""

    head: Heading
    address: str
    back: str
    history: str
    score: int | None
    """None where there is nothing to lower."""
    kinds: tuple[Reason, ...]
    typed: Typed
    notices: Sequence[Notice]
    problem: Words = ""


def lowering_page(desk: Desk, work: Submission, *, typed: Typed | None = None, problem: Words = "") -> LoweringPage:
    """The score now, and what is asked for before it falls."""
    said = typed or Typed()
    score = Score.objects.filter(submission=work, final_at__isnull=False).first()
    made = Lowering.objects.filter(submission=work).first()
    can = score is not None and made is None and work.state in _STATES
    heading = _("%(title)s: lower the score of work %(n)s") % {"title": work.assignment.published.title, "n": work.pk}
    root = read_address(desk, work.pk)
    return LoweringPage(
        head=staff_heading(desk, heading, _("Lower the score")),
        address=f"{root}lowering/",
        back=root,
        history=f"{root}history/",
        score=round(score.points) if score is not None and can else None,
        kinds=tuple(Reason(value=one.value, label=one.label, chosen=one.value == said.kind) for one in Lowering.Kind),
        typed=said,
        notices=_notices(score, made, work),
        problem=problem,
    )


def _notices(score: Score | None, made: Lowering | None, work: Submission) -> tuple[Notice, ...]:
    if made is not None:
        title = _("It was lowered from %(before)s to %(after)s.") % {
            "before": round(made.before),
            "after": round(made.after),
        }
        return (Notice(kind="sun", icon="scale", title=title, text=f"{made.get_kind_display()}: {made.reason}"),)
    if score is None:
        return (Notice(kind="sea", icon="hourglass", title=_("It has no final score yet.")),)
    if work.state not in _STATES:
        return (Notice(kind="sea", icon="scale", title=_("Its author has appealed: answer that first.")),)
    return ()
