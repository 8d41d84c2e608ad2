"""The mail server that a site names: `smtps://name:password@mail.example.org`."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit


class ServerRefused(ValueError):
    """STOA_SMTP_URL is not understood. Write smtp://, smtps:// or smtp+plain://, then [name:password@]host[:port]."""


class Security(StrEnum):
    """How the conversation is kept from others' eyes."""

    TLS = "smtps"
    STARTTLS = "smtp"
    PLAIN = "smtp+plain"


_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""


def parse(url: str) -> Server:
    """The server that the address names."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in set(Security):
        raise ServerRefused
    security = Security(parts.scheme)
    try:
        port = parts.port or _PORTS[security]
    except ValueError as reason:
        raise ServerRefused from reason
    return Server(
        host=parts.hostname,
        port=port,
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
