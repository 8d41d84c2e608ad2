"""What a learner does next, once their work is handed in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.coursedoc.model import ReviewFlow
from stoa.peer_review.models import Assignment
from stoa.peer_review.queries.hand_in.stages import OVER, Standing


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """A page to go to."""

    address: str
    words: str


def next_of(assignment: Assignment, standing: Standing, *, left: int, address: str) -> NextStep | None:
    """The result where there is one; else the reviews that are left to give, then the look at one's own work."""
    work = standing.submission
    if work is None or work.state == work.State.WITHDRAWN:
        return None
    if work.state in OVER:
        return NextStep(address=f"{address}result/", words=_("See the result"))
    if left and ReviewFlow.PEER in assignment.flow:
        words = ngettext("Read the work of a peer", "Read the work of %(left)s peers", left) % {"left": left}
        where = "calibration/" if ReviewFlow.TRAINING in assignment.flow else "reviews/"
        return NextStep(address=f"{address}{where}", words=words)
    if ReviewFlow.SELF in assignment.flow and not standing.looked_back:
        return NextStep(address=f"{address}self-review/", words=_("Look at your own work"))
    return None
