"""Organisations side by side, by the same counts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.insights.queries.addresses import HOME, Address
from stoa.insights.queries.names import name_of
from stoa.insights.queries.numbers import count, hidden, in_full
from stoa.insights.rules.answers import Counts, Overview
from stoa.insights.rules.dimensions import Dimension
from stoa.insights.rules.rates import Whole, rate_of


@dataclass(frozen=True, kw_only=True)
class Column:
    """An organisation: its name, and where its own board is."""

    words: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One count of all of them."""

    words: str
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """A table with an organisation in each column."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def side_by_side(overview: Overview, address: Address) -> SideBySide:
    """The largest first."""
    slices = sorted(
        overview.slices.get(Dimension.ORGANISATION, ()),
        key=lambda one: (-(one.counts.registered if one.counts else 0), one.key),
    )
    few = hidden()
    columns = tuple(
        Column(
            words=name_of(Dimension.ORGANISATION, one.key, overview.titles),
            url=Address(path=HOME, view=address.view).toggled(overview.choice, Dimension.ORGANISATION, one.key),
        )
        for one in slices
    )
    lines = tuple(
        Line(words=words, cells=tuple(few if one.counts is None else say(one.counts) or few for one in slices))
        for words, say in _ways()
    )
    return SideBySide(columns=columns, lines=lines)


def _ways() -> list[tuple[str, Callable[[Counts], str]]]:
    return [
        (_("Registered"), lambda one: count(one.registered)),
        (_("Participants"), lambda one: _rate(one.participants, one.registered, Whole.REGISTERED)),
        (_("Explored half or more"), lambda one: _rate(one.explored, one.registered, Whole.REGISTERED)),
        (_("Earned the credential"), lambda one: _rate(one.certified, one.participants, Whole.PARTICIPANTS)),
        (_("Earned it, wanted it"), lambda one: _rate(one.intenders_certified, one.intenders, Whole.INTENDERS)),
        (_("Earned it, verified"), lambda one: _rate(one.verified_certified, one.verified, Whole.VERIFIED)),
    ]


def _rate(part: int | None, whole: int | None, of: Whole) -> str:
    if part is None or whole is None:
        return ""
    rate = rate_of(min(part, whole), whole, of)
    return in_full(rate) if rate else count(part)
