"""Who reads what next: the value of the next review, who may give it, and the choice."""

from stoa.peer_review.rules.allocation.choosing import SHORTLIST, Chance, choose, highest, leading, ranked, weight
from stoa.peer_review.rules.allocation.eligibility import Bar, eligible, hindrance
from stoa.peer_review.rules.allocation.leases import heartbeat, lease_until, surplus_leases
from stoa.peer_review.rules.allocation.terms import Candidate, Credit, Reviewer, Role, Shelf, Terms, credit_for
from stoa.peer_review.rules.allocation.valuing import is_backlog, value, wants_more

__all__ = [
    "SHORTLIST",
    "Bar",
    "Candidate",
    "Chance",
    "Credit",
    "Reviewer",
    "Role",
    "Shelf",
    "Terms",
    "choose",
    "credit_for",
    "eligible",
    "heartbeat",
    "highest",
    "hindrance",
    "is_backlog",
    "leading",
    "lease_until",
    "ranked",
    "surplus_leases",
    "value",
    "wants_more",
    "weight",
]
