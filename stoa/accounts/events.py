"""What happens to people and their accounts."""

from dataclasses import dataclass

from stoa.kernel.bus import Fact


@dataclass(frozen=True, kw_only=True)
class Joined(Fact):
    """Somebody made an account."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class Left(Fact):
    """Somebody's account is about to be deleted; rooms above clear what they hold."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(Fact):
    """Somebody changed the name, language, time zone or data use of the account."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class StaffAppointed(Fact):
    """Somebody became staff of an organisation."""

    organisation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class StaffDismissed(Fact):
    """Somebody is no longer staff of an organisation."""

    organisation_id: int
    person_id: int
