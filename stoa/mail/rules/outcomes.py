"""What a mail server said, and what that means for the mail."""

from dataclasses import dataclass
from enum import StrEnum

# The server names the address as the fault: it is not tried again for anybody.
_NO_SUCH_ADDRESS = {550, 551, 553}
_ACCEPTED, _TEMPORARY, _PERMANENT = 200, 400, 500


class Verdict(StrEnum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no such address"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """What the server was asked."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    LETTER = "letter"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The verdict on one attempt and the server's own words."""

    verdict: Verdict
    words: str = ""


def read(*, stage: Stage, code: int, words: str) -> Outcome | None:
    """What the reply means; None where it lets the conversation go on."""
    said = f"{code} {words}"[:500]
    if _ACCEPTED <= code < _TEMPORARY:
        return Outcome(verdict=Verdict.ACCEPTED, words=said) if stage is Stage.LETTER else None
    if code < _PERMANENT:
        return Outcome(verdict=Verdict.LATER, words=said)
    if stage is Stage.RECIPIENT and code in _NO_SUCH_ADDRESS:
        return Outcome(verdict=Verdict.NO_SUCH_ADDRESS, words=said)
    return Outcome(verdict=Verdict.REFUSED, words=said)
