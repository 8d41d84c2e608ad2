"""The promise in words: by when the score comes, what happens if peers are late, who answers for it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stoa.coursedoc.model import ReviewFlow
from stoa.peer_review.models import Assignment, Place, Submission
from stoa.peer_review.queries.hand_in.stages import OVER
from stoa.peer_review.rules.clock import DAYS, Rung
from stoa.peer_review.rules.promise import LADDER_DAYS

State = Submission.State


@dataclass(frozen=True, kw_only=True)
class PromiseWords:
    """A sentence in bold, and those after it."""

    bold: str
    text: str


def promise_of(assignment: Assignment, work: Submission | None, *, now: datetime) -> PromiseWords | None:
    """What is promised for work that waits; None where there is none, or where the readers have spoken."""
    if work is None or work.state in OVER or work.state == State.WITHDRAWN:
        return None
    where = _arrived(assignment, work) or (_in_queue(work) if work.t0 <= now else "")
    said = (_if_late(assignment), where, _who(assignment))
    return PromiseWords(bold=_by_when(assignment, work), text=" ".join(words for words in said if words))


def _by_when(assignment: Assignment, work: Submission) -> str:
    moment = localtime(work.promised_at)
    date = date_format(moment, pgettext("format of a promised moment", "l j F, H:i"))
    if assignment.outcome == Assignment.Outcome.FEEDBACK:
        return _("Your feedback comes by %(date)s.") % {"date": date}
    if assignment.outcome == Assignment.Outcome.MEETS:
        return _("You hear by %(date)s whether it meets what was asked.") % {"date": date}
    return _("Your score comes by %(date)s.") % {"date": date}


def _if_late(assignment: Assignment) -> str:
    if ReviewFlow.PEER not in assignment.flow:
        return _("An instructor reads it.")
    days = round(assignment.promise_days * DAYS[Rung.STAFF] / LADDER_DAYS, 1)
    return ngettext(
        "Late peers cannot stop it: after %(days)s day an instructor reads your work.",
        "Late peers cannot stop it: after %(days)s days an instructor reads your work.",
        max(1, round(days)),
    ) % {"days": f"{days:g}"}


def _arrived(assignment: Assignment, work: Submission) -> str:
    """How many reviews have come so far."""
    if work.state != State.PROVISIONAL:
        return ""
    came = Place.objects.filter(submission=work).values_list("done", flat=True).first() or 0
    total = max(assignment.reviews_to_get, came)
    said = ngettext("%(n)s of %(total)s review has arrived.", "%(n)s of %(total)s reviews have arrived.", total)
    return said % {"n": came, "total": total}


def _in_queue(work: Submission) -> str:
    """The place among the work that waits for its first readers."""
    waiting = (State.SUBMITTED, State.OPEN, State.URGENT)
    if work.state not in waiting:
        return ""
    before = Submission.objects.filter(assignment_id=work.assignment_id, state__in=waiting, t0__lt=work.t0).count()
    if not before:
        return _("Your work is next in the queue.")
    return ngettext("%(count)s other work waits before yours.", "%(count)s other works wait before yours.", before) % {
        "count": before
    }


def _who(assignment: Assignment) -> str:
    if assignment.responsible is None:
        return ""
    return _("%(name)s is responsible for it.") % {"name": assignment.responsible.display_name}
