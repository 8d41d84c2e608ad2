"""What dimensions and their groups are called on screen."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from stoa.insights.rules.bands import BANDS
from stoa.insights.rules.dimensions import UNKNOWN, Dimension

DIMENSIONS: Final[Mapping[Dimension, Promise]] = {
    Dimension.COURSE: later("Courses"),
    Dimension.ORGANISATION: later("Organisations"),
    Dimension.RUN: later("Runs"),
    Dimension.AREA: later("Subjects"),
    Dimension.COUNTRY: later("Countries"),
    Dimension.GENDER: later("Gender"),
    Dimension.AGE: later("Age"),
    Dimension.EDUCATION: later("Education"),
    Dimension.STATUS: later("How far they came"),
    Dimension.INTENT: later("What they came for"),
    Dimension.TRACK: later("Track"),
    Dimension.TEACHER: later("Who teach themselves"),
}
_GROUPS: Final[Mapping[Dimension, Mapping[str, Promise]]] = {
    Dimension.GENDER: {"f": later("Women"), "m": later("Men"), "o": later("Other")},
    Dimension.EDUCATION: {
        "school": later("School"),
        "associate": later("Associate"),
        "bachelor": later("Bachelor"),
        "master": later("Master"),
        "doctorate": later("Doctorate"),
    },
    Dimension.STATUS: {
        "registered": later("Registered only"),
        "viewed": later("Looked in"),
        "explored": later("Explored half or more"),
        "certified": later("Earned the credential"),
    },
    Dimension.INTENT: {
        "certificate": later("The credential"),
        "skills": later("A skill"),
        "growth": later("To grow"),
        "all": later("All of it"),
        "some": later("A part of it"),
        "browse": later("A look around"),
        "unsure": later("Not sure yet"),
    },
    Dimension.TRACK: {"verified": later("Verified"), "audit": later("Audit"), "honor": later("Honour code")},
    Dimension.TEACHER: {
        "now": later("Teach now"),
        "was": later("Taught once"),
        "never": later("Never taught"),
    },
}
#: Groups that have an order of their own; all others stand by size.
ORDERED: Final[Mapping[Dimension, tuple[str, ...]]] = {
    Dimension.AGE: tuple(name for _youngest, name in BANDS),
    **{dimension: tuple(_GROUPS[dimension]) for dimension in (Dimension.EDUCATION, Dimension.STATUS, Dimension.GENDER)},
}
#: These come from people's own words; "not said" is missing for all others.
_SAID: Final = {Dimension.GENDER, Dimension.AGE, Dimension.EDUCATION, Dimension.INTENT, Dimension.TEACHER}


def name_of(dimension: Dimension, key: str, titles: Mapping[str, str]) -> str:
    """What a group is called; courses and organisations by their titles, where the log tells any."""
    if key == UNKNOWN:
        return unknown_of(dimension)
    if dimension in {Dimension.COURSE, Dimension.ORGANISATION}:
        return titles.get(key) or key
    if dimension is Dimension.COUNTRY:
        return country(key)
    if dimension is Dimension.AGE:
        return _age(key)
    known = _GROUPS.get(dimension, {}).get(key)
    return str(known) if known else key


def unknown_of(dimension: Dimension) -> str:
    """What is said where nobody knows."""
    return _("Not said") if dimension in _SAID else _("Unknown")


def country(code: str) -> str:
    """The country's name in the reader's language, as Unicode's CLDR has it."""
    return _territories(get_language() or "en").get(code, code)


@lru_cache(maxsize=8)
def _territories(language: str) -> Mapping[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return dict(Locale("en").territories)


def _age(band: str) -> str:
    if band == BANDS[0][1]:
        return _("Under %(age)s") % {"age": BANDS[1][0]}
    if band == BANDS[-1][1]:
        return _("%(age)s and more") % {"age": BANDS[-1][0]}
    return band.replace("-", "–")  # noqa: RUF001 -- from a to b
