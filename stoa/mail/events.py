"""What happens to mails."""

from dataclasses import dataclass

from stoa.kernel.bus import Fact


@dataclass(frozen=True, kw_only=True)
class MailQueued(Fact):
    """A mail waits in the outbox."""

    mail_id: int


@dataclass(frozen=True, kw_only=True)
class Unsubscribed(Fact):
    """Somebody wants no more mails of a kind."""

    address: str
    kind: str
