"""What peer review does."""

from stoa.peer_review.actions.drafting import save_draft, take_earlier
from stoa.peer_review.actions.handing_in import hand_in, withdraw
from stoa.peer_review.actions.laying_out import give_in_run, lay_out_assignments
from stoa.peer_review.actions.refusals import BeingScored, Closed, NoTeam, NotOpenYet, Refused, WorkRefused

__all__ = [
    "BeingScored",
    "Closed",
    "NoTeam",
    "NotOpenYet",
    "Refused",
    "WorkRefused",
    "give_in_run",
    "hand_in",
    "lay_out_assignments",
    "save_draft",
    "take_earlier",
    "withdraw",
]
