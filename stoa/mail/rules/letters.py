"""A mail as it goes over the wire."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

# Seven bits, so that no server on the way needs to change a byte.
_WIRE = SMTP.clone(cte_type="7bit")


class HeaderRefused(ValueError):
    """An address or subject holds a line break or another control sign, so this mail is not sent."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """All that one mail says."""

    message_id: str
    sender_name: str
    sender: str
    to: str
    subject: str
    text: str
    html: str
    written_at: datetime
    unsubscribe: str = ""


def message_id(*, key: str, domain: str) -> str:
    """The same id for the same mail, however often it is sent."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def in_one_line(words: str) -> str:
    """The words, where they may stand in a header."""
    if not words or any(not sign.isprintable() for sign in words):
        raise HeaderRefused
    return words


def as_bytes(letter: Letter) -> bytes:
    """The mail in MIME: plain text first, HTML beside it, lines ending in CRLF."""
    message = EmailMessage(policy=_WIRE)
    message["From"] = Address(letter.sender_name, addr_spec=in_one_line(letter.sender))
    message["To"] = Address(addr_spec=in_one_line(letter.to))
    message["Subject"] = in_one_line(letter.subject)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message.as_bytes()
