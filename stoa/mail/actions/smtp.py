"""Hand mails to a mail server over one connection that is kept."""

import smtplib
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from stoa.mail.rules.outcomes import Outcome, Stage, Verdict, read
from stoa.mail.rules.servers import Security, Server

_PATIENCE = 60
_GO_ON, _CLOSING = 354, 421
_STAGES = (Stage.SENDER, Stage.RECIPIENT, Stage.LETTER)


class PostOfficeClosed(Exception):
    """The mail server cannot be reached or lets nobody in. Mail waits in the outbox; check STOA_SMTP_URL."""


class PostOffice(Protocol):
    """Whoever takes mails."""

    def open(self) -> None:
        """Be ready, or raise PostOfficeClosed before any mail is touched."""

    def deliver(self, *, sender: str, to: str, message: bytes) -> Outcome:
        """Try once to hand over one mail."""

    def close(self) -> None:
        """Say goodbye."""


class Shelf:
    """Takes every mail and sends none: where no mail server is set, the inbox page shows what was written."""

    def open(self) -> None:
        """A shelf is always open."""

    def deliver(self, *, sender: str, to: str, message: bytes) -> Outcome:  # noqa: ARG002 -- kept in the outbox already
        """Leave the mail where it is."""
        return Outcome(verdict=Verdict.ACCEPTED, words="kept for the inbox page: no mail server is set")

    def close(self) -> None:
        """Nothing to do."""


class SmtpOffice:
    """A mail server that speaks SMTP."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect and sign in, unless that was done before and still holds."""
        if self.connection and self.connection.sock:
            return
        self.close()
        try:
            self.connection = self._connected()
        except (OSError, smtplib.SMTPException) as reason:
            raise PostOfficeClosed(str(reason)) from reason

    def deliver(self, *, sender: str, to: str, message: bytes) -> Outcome:
        """Try once to hand over one mail; what the connection broke off after the letter began is unknown."""
        self.open()
        if self.connection is None:
            raise PostOfficeClosed
        lines = (f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA")
        try:
            envelope = _all_at_once if self.connection.has_extn("pipelining") else _one_by_one
            outcome = envelope(self.connection, lines)
        except (OSError, smtplib.SMTPException) as reason:
            self._drop()
            return Outcome(verdict=Verdict.LATER, words=str(reason)[:500])
        if outcome:
            self._forget_envelope(self.connection)
            return outcome
        try:
            return _letter(self.connection, message)
        except (OSError, smtplib.SMTPException) as reason:
            self._drop()
            return Outcome(verdict=Verdict.UNKNOWN, words=str(reason)[:500])

    def close(self) -> None:
        """Say goodbye, if anybody listens."""
        if self.connection:
            with suppress(OSError, smtplib.SMTPException):
                self.connection.quit()
        self._drop()

    def _connected(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        if server.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_PATIENCE, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE)
        try:
            if server.security is Security.STARTTLS:
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
            else:
                connection.ehlo_or_helo_if_needed()
        except BaseException:
            connection.close()
            raise
        if connection.sock:
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _forget_envelope(self, connection: smtplib.SMTP) -> None:
        try:
            connection.docmd("RSET")
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


def _one_by_one(connection: smtplib.SMTP, lines: Sequence[str]) -> Outcome | None:
    """What speaks against this mail before its letter was begun; one question after the other's answer."""
    for stage, line in zip(_STAGES, lines, strict=True):
        outcome = _heard(stage, *connection.docmd(line))
        if outcome:
            return outcome
    return None


def _all_at_once(connection: smtplib.SMTP, lines: Sequence[str]) -> Outcome | None:
    """The same in one journey (RFC 2920), where the server says that it takes them so."""
    connection.send("".join(f"{line}\r\n" for line in lines))
    replies = [connection.getreply() for _ in lines]
    outcomes = [_heard(stage, *reply) for stage, reply in zip(_STAGES, replies, strict=True)]
    outcome = next((one for one in outcomes if one), None)
    if outcome and replies[-1][0] == _GO_ON:
        # It asked for the letter all the same: an empty one, which goes to nobody.
        connection.send(".\r\n")
        connection.getreply()
    return outcome


def _heard(stage: Stage, code: int, words: bytes) -> Outcome | None:
    said = words.decode(errors="replace")
    if code == _CLOSING:
        raise smtplib.SMTPServerDisconnected(said)
    if stage is not Stage.LETTER:
        return read(stage=stage, code=code, words=said)
    if code == _GO_ON:
        return None
    refused = read(stage=Stage.SENDER, code=code, words=said)
    return refused or Outcome(verdict=Verdict.LATER, words="the server did not ask for the letter")


def _letter(connection: smtplib.SMTP, message: bytes) -> Outcome:
    # A dot alone ends the letter, so a line's own first dot is doubled.
    lines = (b"\r\n" + message.rstrip(b"\r\n")).replace(b"\r\n.", b"\r\n..").removeprefix(b"\r\n")
    connection.send(lines + b"\r\n.\r\n")
    code, words = connection.getreply()
    said = words.decode(errors="replace")
    outcome = read(stage=Stage.LETTER, code=code, words=said)
    return outcome or Outcome(verdict=Verdict.UNKNOWN, words=f"{code} {said}"[:500])
