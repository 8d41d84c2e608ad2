"""Files that learners hand in: which are taken, and what is taken out of them before anybody reads them."""

from stoa.peer_review.rules.files.kinds import Family, Kind, kind_of
from stoa.peer_review.rules.files.names import anonymous, clean_name, ending_of
from stoa.peer_review.rules.files.policy import FileRules, Trouble, check, policy_of
from stoa.peer_review.rules.files.unreadable import Unreadable

__all__ = [
    "Family",
    "FileRules",
    "Kind",
    "Trouble",
    "Unreadable",
    "anonymous",
    "check",
    "clean_name",
    "ending_of",
    "kind_of",
    "policy_of",
]
