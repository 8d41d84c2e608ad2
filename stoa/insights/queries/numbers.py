"""Numbers and rates in words: a rate always with its part, its whole and what the whole is called."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.rules.rates import Rate, Whole

NO_BREAK = "\N{NO-BREAK SPACE}"
_HOUR = 60


def count(number: float, decimals: int = 0) -> str:
    """84,210."""
    # Left to itself, number_format cuts decimals off.
    return str(number_format(round(number, decimals), decimals, use_l10n=True, force_grouping=True))


def per_cent(rate: Rate) -> str:
    """31 %: never shown without `of`."""
    value = rate.per_cent
    if value is None:
        return "–"  # noqa: RUF001 -- a dash for nothing
    return f"{count(value, 0 if value == int(value) else 1)}{NO_BREAK}%"


def parts(rate: Rate) -> str:
    """14,357 of 46,315 participants."""
    return _("%(part)s of %(whole)s") % {"part": count(rate.part), "whole": whole_of(rate.whole, rate.of)}


def in_full(rate: Rate) -> str:
    """14,357 of 46,315 participants (31 %)."""
    return f"{parts(rate)} ({per_cent(rate)})"


def whole_of(number: int, of: Whole) -> str:
    """46,315 participants."""
    return _whole(number, of) % {"n": count(number)}


def _whole(number: int, of: Whole) -> str:
    words = {
        Whole.REGISTERED: ngettext("%(n)s registered", "%(n)s registered", number),
        Whole.PARTICIPANTS: ngettext("%(n)s participant", "%(n)s participants", number),
        Whole.EXPLORED: ngettext("%(n)s who explored half", "%(n)s who explored half", number),
        Whole.VERIFIED: ngettext("%(n)s verified", "%(n)s verified", number),
        Whole.INTENDERS: ngettext("%(n)s who wanted the credential", "%(n)s who wanted the credential", number),
        Whole.CERTIFIED: ngettext("%(n)s who earned the credential", "%(n)s who earned the credential", number),
        Whole.SAID: ngettext("%(n)s who said", "%(n)s who said", number),
        Whole.ASKED: ngettext("%(n)s who was asked", "%(n)s who were asked", number),
        Whole.EVERYONE: ngettext("%(n)s registered in all", "%(n)s registered in all", number),
        Whole.COURSES: ngettext("%(n)s course", "%(n)s courses", number),
        Whole.EVENTS: ngettext("%(n)s event", "%(n)s events", number),
        Whole.ADULTS: ngettext("%(n)s of 25 or more who said", "%(n)s of 25 or more who said", number),
        Whole.ANSWERED: ngettext("%(n)s who answered", "%(n)s who answered", number),
        Whole.SOLVED: ngettext("%(n)s problem answered right", "%(n)s problems answered right", number),
        Whole.TRIES: ngettext("%(n)s try", "%(n)s tries", number),
    }
    return words[of]


def whole_name(of: Whole) -> str:
    """What the whole is called, without its number."""
    return {
        Whole.REGISTERED: _("registered"),
        Whole.PARTICIPANTS: _("participants"),
        Whole.EXPLORED: _("those who explored half"),
        Whole.VERIFIED: _("verified"),
        Whole.INTENDERS: _("those who wanted the credential"),
        Whole.CERTIFIED: _("those who earned the credential"),
        Whole.SAID: _("those who said"),
        Whole.ASKED: _("those who were asked"),
        Whole.EVERYONE: _("all registered"),
        Whole.COURSES: _("courses"),
        Whole.EVENTS: _("events"),
        Whole.ADULTS: _("those of 25 or more who said"),
        Whole.ANSWERED: _("those who answered"),
        Whole.SOLVED: _("problems answered right"),
        Whole.TRIES: _("tries: a learner with a MOOC video on a day"),
    }[of]


def hidden() -> str:
    """What stands for a figure that would tell on too few people: of them, or beside them."""
    return _("hidden")
