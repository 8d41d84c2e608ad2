"""A ticket says what its bearer may hear, and until when; it is signed, so the live service needs no session."""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from datetime import datetime, timedelta

LASTS = timedelta(hours=12)


class TicketRefused(Exception):
    """This ticket is not ours, or its time is over: read the page again."""


def ticket_for(topics: Sequence[str], *, at: datetime, lasts: timedelta = LASTS) -> str:
    """A ticket for these topics."""
    said = _packed(json.dumps({"topics": list(topics), "until": int((at + lasts).timestamp())}).encode())
    return f"{said}.{_signature(said)}"


def topics_of(ticket: str, *, at: datetime) -> tuple[str, ...]:
    """What the bearer of the ticket may hear."""
    said, _, signature = ticket.partition(".")
    if not hmac.compare_digest(_signature(said).encode(), signature.encode()):
        raise TicketRefused
    facts = json.loads(_unpacked(said))
    if at.timestamp() > facts["until"]:
        raise TicketRefused
    return tuple(facts["topics"])


def live_address(ticket: str, *, host: str, secure: bool, port: int, url: str = "") -> str:
    """Where a page listens: `url` behind a proxy, else the host of the request with the live service's port."""
    if url:
        return f"{url.rstrip('/')}/?ticket={ticket}"
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return f"{'https' if secure else 'http'}://{name}:{port}/?ticket={ticket}"


def _signature(said: str) -> str:
    key = hashlib.sha256(b"stoa.live.tickets:" + os.environ["STOA_SECRET_KEY"].encode()).digest()
    return _packed(hmac.digest(key, said.encode(), "sha256"))


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
