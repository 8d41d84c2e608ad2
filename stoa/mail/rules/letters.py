"""A mail as it goes over the wire."""

import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, formataddr
from functools import lru_cache

# RFC 5322 lets a line have 998 signs; many programs show 78 well, and leave longer ones alone.
_LONGEST_LINE, _LONGEST_SUBJECT = 900, 250
_LINE_END = re.compile(r"\r\n|\r|\n")
_PRINTABLE = re.compile(rb"[\t\r\n -~]*")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+")


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


def is_in_one_line(words: str) -> bool:
    """True where the words may stand in a header."""
    return bool(words) and words.isprintable()


def in_one_line(words: str) -> str:
    """The words, where they may stand in a header."""
    if not is_in_one_line(words):
        raise HeaderRefused
    return words


def headline(subject: str) -> str:
    """The subject as it is kept: in one line, and not longer than mail programs show."""
    return in_one_line(subject.strip())[:_LONGEST_SUBJECT]


def as_bytes(letter: Letter) -> bytes:
    """The mail in MIME (RFC 2045 to 2047): plain text first, HTML beside it, seven bits, lines ending in CRLF."""
    head = [
        f"From: {_mailbox(letter.sender_name, in_one_line(letter.sender))}",
        f"To: {_mailbox('', in_one_line(letter.to))}",
        f"Subject: {_header('Subject', in_one_line(letter.subject))}",
        f"Date: {format_datetime(letter.written_at)}",
        f"Message-ID: {letter.message_id}",
        "Auto-Submitted: auto-generated",
        *_stopping(letter.unsubscribe),
        "MIME-Version: 1.0",
    ]
    plain = _part("plain", letter.text)
    if not letter.html:
        return b"\r\n".join([*(line.encode("ascii") for line in head), plain])
    rich = _part("html", letter.html)
    boundary = f"=_{hashlib.sha256(plain + rich).hexdigest()[:32]}"
    head.append(f'Content-Type: multipart/alternative; boundary="{boundary}"')
    between = f"--{boundary}".encode()
    lines = [*(line.encode("ascii") for line in head), b"", between, plain, between, rich, between + b"--", b""]
    return b"\r\n".join(lines)


def _stopping(address: str) -> list[str]:
    """One press in a mail program ends mails of this kind (RFC 8058)."""
    return [f"List-Unsubscribe: <{address}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] if address else []


def _part(subtype: str, text: str) -> bytes:
    raw = _LINE_END.sub("\r\n", text.rstrip("\r\n")).encode()
    as_it_is = _PRINTABLE.fullmatch(raw) and max(map(len, raw.split(b"\r\n"))) <= _LONGEST_LINE
    encoding, body = ("7bit", raw) if as_it_is else ("quoted-printable", _quoted(raw))
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return head.encode() + body + b"\r\n"


def _quoted(raw: bytes) -> bytes:
    return binascii.b2a_qp(raw.replace(b"\r\n", b"\n"), istext=True).replace(b"\n", b"\r\n")


@lru_cache(maxsize=1024)
def _header(name: str, words: str) -> str:
    """The words of a header, folded; those beyond ASCII encoded."""
    return Header(words, None if words.isascii() else "utf-8", header_name=name).encode(linesep="\r\n")


@lru_cache(maxsize=1024)
def _mailbox(name: str, address: str) -> str:
    if not _PLAIN_ADDRESS.fullmatch(address):
        # Refuses what is no address; quotes what is an unusual one.
        address = Address(addr_spec=address).addr_spec
        address.encode("ascii")
    return formataddr((name, address)) if name else address
