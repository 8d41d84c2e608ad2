"""What happens to people and their accounts."""

from dataclasses import dataclass

from stoa.kernel.bus import Fact
from stoa.kernel.tracking import Tracked


@dataclass(frozen=True, kw_only=True)
class Joined(Fact):
    """Somebody made an account."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class Left(Fact):
    """Somebody's account is about to be deleted; rooms above clear what they hold, and so does the warehouse."""

    person_id: int

    def tracked(self) -> Tracked:
        """Whom the log must not speak of any more."""
        name = f"learner-{self.person_id}"
        event: dict[str, object] = {"username": name, "user_id": self.person_id}
        return Tracked(event_type="stoa.account.erased", event=event, user_id=self.person_id, username=name)


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Fact):
    """Somebody said something else about themselves, or nothing any more."""

    person_id: int
    setting: str
    new: str | int | None

    def tracked(self) -> Tracked:
        """A changed setting of a profile, as edX logs it; what it was before is nobody's business."""
        event: dict[str, object] = {
            "setting": self.setting,
            "old": None,
            "new": self.new,
            "truncated": [],
            "table": "auth_userprofile",
            "user_id": self.person_id,
        }
        name = f"learner-{self.person_id}"
        return Tracked(event_type="edx.user.settings.changed", event=event, user_id=self.person_id, username=name)


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
