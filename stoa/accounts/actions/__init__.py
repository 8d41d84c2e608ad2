"""What one can do with people, organisations and limits."""

from stoa.accounts.actions.limits import TooOften, asker, forget_spent_allowances, spend
from stoa.accounts.actions.organisations import appoint, dismiss, found_organisation
from stoa.accounts.actions.people import (
    AddressTaken,
    LastAdministrator,
    create_administrator,
    create_person,
    delete_account,
)
from stoa.accounts.actions.preferences import UnknownTimeZone, change_preferences
from stoa.accounts.actions.sessions import forget_old_sessions
from stoa.accounts.rules.limits import Limit

__all__ = [
    "AddressTaken",
    "LastAdministrator",
    "Limit",
    "TooOften",
    "UnknownTimeZone",
    "appoint",
    "asker",
    "change_preferences",
    "create_administrator",
    "create_person",
    "delete_account",
    "dismiss",
    "forget_old_sessions",
    "forget_spent_allowances",
    "found_organisation",
    "spend",
]
