"""Pages that ask for a reason: giving work back, flagging it, reporting words, appealing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from stoa.peer_review.models import Review, WorkFlag
from stoa.peer_review.queries.headings import Heading

Words = str | Lazy


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason that can be chosen."""

    value: str
    label: Words
    hint: Words = ""
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class ReasonsPage:
    """One question with reasons, and words where they help."""

    head: Heading
    address: str
    back: str
    lead: Words
    question: Words
    reasons: Sequence[Reason]
    button: Words
    words_label: Words = ""
    words_hint: Words = ""
    words: str = ""
    problem: Words = ""

    def with_answer(self, *, reason: str, words: str, problem: Words = "") -> "ReasonsPage":
        """The page with what was chosen and typed."""
        reasons = tuple(replace(one, chosen=one.value == reason) for one in self.reasons)
        return replace(self, reasons=reasons, words=words, problem=problem)


HINTS: Mapping[str, Words] = {
    Review.Reason.NO_TIME: _("It goes to the next reader at once. Your draft stays with you."),
    Review.Reason.UNREADABLE: _("After three such answers its author is told, and the clock stops once."),
    Review.Reason.CONFLICT: _("You won't be given work of this person again."),
    WorkFlag.Reason.NOT_OWN: _("Say where you have seen it. Staff look into it; you judge the work as it is."),
    WorkFlag.Reason.UNSAFE: _("Staff look at it first."),
}
RETURNS = (
    Review.Reason.NO_TIME,
    Review.Reason.UNREADABLE,
    Review.Reason.LANGUAGE,
    Review.Reason.CONFLICT,
    Review.Reason.COPIED,
    Review.Reason.OFFENSIVE,
)


def reasons_of(known: Iterable[TextChoices], chosen: str = "") -> tuple[Reason, ...]:
    """The reasons, one of them perhaps chosen already."""
    return tuple(
        Reason(value=one.value, label=one.label, hint=HINTS.get(one.value, ""), chosen=one.value == chosen)
        for one in known
    )


def criteria_reasons(criteria: Iterable[tuple[str, str]]) -> tuple[Reason, ...]:
    """The criteria of a rubric, of which an appeal names one."""
    return tuple(Reason(value=key, label=label) for key, label in criteria)
