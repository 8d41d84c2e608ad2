"""Conversations that others can't hear, and servers that want to know who we are."""

from pathlib import Path

import pytest

from stoa.mail import actions
from stoa.mail.actions import sending
from stoa.mail.models import Mail
from stoa.mail.rules import servers
from stoa.mail.tests.makers import Clock, a_mail
from stoa.mail.tests.servers import Mailbox, a_certificate, serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that this machine trusts."""
    made = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    return made


def drained(url: str) -> list[tuple[str, int]]:
    a_mail()
    sending.drain(office=lambda: actions.SmtpOffice(servers.parse(url)), clock=Clock())
    return list(Mail.objects.values_list("state", "tries"))


# The server fears for a password without STARTTLS, where TLS is there from the beginning.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize(("scheme", "tls_at_once"), [("smtp", False), ("smtps", True)])
def test_a_mail_goes_through_tls_to_a_server_that_asks_for_a_password(
    certificate: Path, scheme: str, *, tls_at_once: bool
) -> None:
    mailbox = Mailbox()
    with serving(mailbox, certificate=certificate, password="p/w", tls_at_once=tls_at_once) as port:
        assert drained(f"{scheme}://stoa:p%2Fw@127.0.0.1:{port}") == [("sent", 1)]

    assert len(mailbox.ids) == 1


def test_a_wrong_password_keeps_the_mail_and_says_so(certificate: Path, caplog: pytest.LogCaptureFixture) -> None:
    with serving(Mailbox(), certificate=certificate, password="right") as port:
        assert drained(f"smtp://stoa:wrong@127.0.0.1:{port}") == [("queued", 0)]

    assert "Mail waits: the mail server cannot be reached" in caplog.text
    assert "535" in caplog.text
    assert "wrong" not in caplog.text


def test_a_server_without_tls_hears_neither_password_nor_mail() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as port:
        assert drained(f"smtp://stoa:secret@127.0.0.1:{port}") == [("queued", 0)]

    assert mailbox.ids == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    mailbox = Mailbox()
    with serving(mailbox, certificate=a_certificate(tmp_path)) as port:
        assert drained(f"smtp://127.0.0.1:{port}") == [("queued", 0)]

    assert mailbox.ids == []
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text
