"""What peer review does."""

from stoa.peer_review.actions.drafting import save_draft, take_earlier
from stoa.peer_review.actions.handing_in import hand_in, withdraw
from stoa.peer_review.actions.laying_out import give_in_run, lay_out_assignments
from stoa.peer_review.actions.looking_back import NoSuchExample, RubricOpen, calibrate, review_oneself
from stoa.peer_review.actions.refusals import BeingScored, Closed, NoTeam, NotOpenYet, Refused, WorkRefused

__all__ = [
    "BeingScored",
    "Closed",
    "NoSuchExample",
    "NoTeam",
    "NotOpenYet",
    "Refused",
    "RubricOpen",
    "WorkRefused",
    "calibrate",
    "give_in_run",
    "hand_in",
    "lay_out_assignments",
    "review_oneself",
    "save_draft",
    "take_earlier",
    "withdraw",
]
