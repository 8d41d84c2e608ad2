"""Mails, and post offices that keep what they are given."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from django.conf import settings

from stoa.mail import actions
from stoa.mail.models import Mail
from stoa.mail.rules.outcomes import Outcome, Verdict

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

_number = count(1)


def a_mail(
    to: str = "ada@post.example",
    *,
    kind: str = "announcement",
    security: bool = False,
    key: str = "",
    text: str = "Hi.",
) -> Mail:
    """A mail that waits."""
    return actions.post(
        kind=kind,
        to=to,
        person_id=None,
        subject="Week one is open",
        text=text,
        key=key or f"mail {next(_number)}",
        security=security,
        at=MONDAY,
    )


@dataclass
class FakePostOffice:
    """Keeps its letters; answers what it is told to, then accepts."""

    answers: list[Verdict] = field(default_factory=list)
    letters: list[tuple[str, bytes]] = field(default_factory=list)

    def open(self) -> None:
        """Always open."""

    def deliver(self, *, sender: str, to: str, message: bytes) -> Outcome:
        """Keep the letter."""
        assert sender == settings.MAIL_FROM
        self.letters.append((to, message))
        return Outcome(verdict=self.answers.pop(0) if self.answers else Verdict.ACCEPTED, words="250 kept")

    def close(self) -> None:
        """Nothing to close."""


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        """The time."""
        return self.at
