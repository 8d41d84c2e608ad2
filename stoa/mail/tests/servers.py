"""Real SMTP servers on loopback for tests."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Mailbox:
    """Keeps what it is sent; the name of an address says how the server treats it."""

    def __init__(self, *, pipelining: bool = False) -> None:
        self.ids: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.slow = 0.0
        self.pipelining = pipelining

    async def handle_EHLO(  # noqa: N802 -- the server's own name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.pipelining else responses

    async def handle_RCPT(  # noqa: N802 -- the server's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        if address.startswith("full"):
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its own name
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        time.sleep(self.slow)  # noqa: ASYNC251 -- a slow server, on its own thread
        self.ids.append(str(message_from_bytes(content)["Message-ID"]))
        self.bodies.append(content)
        if envelope.rcpt_tos[0].startswith("dropped") and len(self.ids) == 1 and server.transport:
            server.transport.close()
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 we do not like it"
        return "250 taken"


@contextmanager
def serving(
    mailbox: Mailbox, *, certificate: Path | None = None, password: str = "", tls_at_once: bool = False
) -> Iterator[int]:
    """The port of a server that fills the mailbox; with a certificate it insists on TLS, with a password on that."""
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)

    def let_in(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=given == LoginPassword(b"stoa", password.encode()), handled=False)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if tls_at_once else None,
        tls_context=None if tls_at_once else context,
        require_starttls=bool(certificate) and not tls_at_once,
        authenticator=let_in if password else None,
        auth_required=bool(password),
        auth_require_tls=not tls_at_once,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def a_certificate(folder: Path) -> Path:
    """A key and its own signature, for 127.0.0.1 and a day."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "mail.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
