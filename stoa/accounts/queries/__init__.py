"""Who somebody is, what they said of themselves, and for which organisations they work."""

from stoa.accounts.queries.guardians import LinkUsed, guardianship_by, guardianship_of, may_post
from stoa.accounts.queries.people import AccountFacts, facts_of, may_staff, organisations_of, person_with
from stoa.accounts.queries.profiles import profile_of
from stoa.accounts.rules.ages import years_to_choose

__all__ = [
    "AccountFacts",
    "LinkUsed",
    "facts_of",
    "guardianship_by",
    "guardianship_of",
    "may_post",
    "may_staff",
    "organisations_of",
    "person_with",
    "profile_of",
    "years_to_choose",
]
