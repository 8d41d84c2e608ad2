"""What happens to mails."""

from dataclasses import dataclass

from stoa.kernel.bus import Fact


@dataclass(frozen=True, kw_only=True)
class MailsQueued(Fact):
    """Mails wait in the outbox."""


@dataclass(frozen=True, kw_only=True)
class Unsubscribed(Fact):
    """Somebody wants no more mails of a kind."""

    address: str
    kind: str
