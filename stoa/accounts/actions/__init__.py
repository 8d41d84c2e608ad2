"""What one can do with people, organisations and limits."""

from stoa.accounts.actions.guardians import OwnAddress, agree, ask_guardian, refuse
from stoa.accounts.actions.limits import TooOften, asker, forget_spent_allowances, spend
from stoa.accounts.actions.organisations import appoint, dismiss, found_organisation, organisation_named
from stoa.accounts.actions.people import (
    AddressTaken,
    LastAdministrator,
    create_administrator,
    create_person,
    delete_account,
)
from stoa.accounts.actions.preferences import UnknownTimeZone, change_preferences
from stoa.accounts.actions.profiles import Said, change_profile, forget_profile, say_whether_one_teaches
from stoa.accounts.actions.sessions import forget_old_sessions
from stoa.accounts.rules.limits import Limit

__all__ = [
    "AddressTaken",
    "LastAdministrator",
    "Limit",
    "OwnAddress",
    "Said",
    "TooOften",
    "UnknownTimeZone",
    "agree",
    "appoint",
    "ask_guardian",
    "asker",
    "change_preferences",
    "change_profile",
    "create_administrator",
    "create_person",
    "delete_account",
    "dismiss",
    "forget_old_sessions",
    "forget_profile",
    "forget_spent_allowances",
    "found_organisation",
    "organisation_named",
    "refuse",
    "say_whether_one_teaches",
    "spend",
]
