"""The board: figures that filter one another, in words, with links, ready to be shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.addresses import Address
from stoa.insights.queries.cards import Card, card_of
from stoa.insights.queries.names import name_of
from stoa.insights.queries.numbers import count, hidden, parts, per_cent, whole_of
from stoa.insights.rules.answers import Counts, Day, Overview
from stoa.insights.rules.charts import lines
from stoa.insights.rules.dimensions import Choice, Dimension
from stoa.insights.rules.figures import BOARD, Figure
from stoa.insights.rules.rates import Rate, Whole, rate_of

_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A figure with its denominator and how it went."""

    name: str
    figure: str
    of: str
    spark: str = ""
    counts: str = ""
    """What the engine announces as soon as it is read, where this is it: `events`."""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A chosen group; its link takes it away."""

    words: str
    url: str
    chosen: bool = True


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything that the page shows."""

    overview: Overview
    scope: str
    chips: tuple[Chip, ...]
    clear_url: str
    of_all: str
    kpis: tuple[Kpi, ...]
    cards: tuple[Card, ...]
    address: Address

    @property
    def advice(self) -> str:
        """What shows more, where most is hidden under what is chosen."""
        away = [card for card in self.cards if all(row.value is None for row in card.chart.rows)]
        if self.overview.view.smallest_cell == 1 or not self.chips or 2 * len(away) <= len(self.cards):
            return ""
        return _("Most is hidden under this choice, as it could tell on small groups. Take something away to see more.")


def board_of(overview: Overview, address: Address, *, figures: Iterable[Figure] = BOARD) -> Board:
    """The board under the overview's choice."""
    filters = tuple(chips_of(overview, address))
    return Board(
        overview=overview,
        scope=scope_of(overview, runs=overview.choice.of(Dimension.COURSE) if address.held else ()),
        chips=filters,
        clear_url=address.to(Choice()) if filters else "",
        of_all=_of_all(overview, filtered=bool(filters)),
        kpis=tuple(kpis_of(overview)),
        cards=tuple(card_of(figure, overview, address) for figure in figures),
        address=address,
    )


def scope_of(overview: Overview, *, runs: tuple[str, ...] = ()) -> str:
    """61 courses, or two runs of one, and from which day to which."""
    own = ngettext("%(n)s run", "%(n)s runs", len(runs)) % {"n": count(len(runs))}
    said = own if runs else whole_of(overview.courses, Whole.COURSES)
    if not overview.days:
        return said
    first, last = overview.days[0].day, overview.days[-1].day
    begin = date_format(first, "j M" if first.year == last.year else "j M Y")
    return f"{said} · {begin} – {date_format(last, 'j M Y')}"  # noqa: RUF001 -- from a to b


def chips_of(overview: Overview, address: Address) -> Iterator[Chip]:
    """What is chosen, each with the way to take it away."""
    for name, key in overview.choice.pairs():
        dimension = Dimension(name)
        if dimension in address.held:
            continue
        yield Chip(words=name_of(dimension, key, overview.titles), url=address.toggled(overview.choice, dimension, key))


def _of_all(overview: Overview, *, filtered: bool) -> str:
    everyone = overview.everyone.registered
    if not filtered:
        return whole_of(everyone, Whole.REGISTERED)
    if overview.shown is None:
        return _("%(few)s of %(whole)s") % {
            "few": hidden(),
            "whole": whole_of(everyone, Whole.REGISTERED),
        }
    return parts(Rate(part=min(overview.shown.registered, everyone), whole=everyone, of=Whole.REGISTERED))


def kpis_of(overview: Overview) -> Iterator[Kpi]:
    """Five figures, each with what it is of."""
    few, counts = hidden(), overview.shown or Counts()
    weeks = _weeks(overview.days)
    yield Kpi(
        name=_("Registered"),
        figure=count(counts.registered) if overview.shown else few,
        of=_since(overview.days),
        spark=lines.spark(_so_far(weeks, "registered")),
    )
    participants = rate_of(counts.participants, counts.registered, Whole.REGISTERED)
    yield Kpi(
        name=_("Participants"),
        figure=few if counts.participants is None else count(counts.participants),
        of=f"{per_cent(participants)} · {parts(participants)}" if participants else "",
        spark=lines.spark(_so_far(weeks, "active")),
    )
    earned = (counts.certified, counts.participants, Whole.PARTICIPANTS)
    yield _rate_kpi(_("Earned the credential"), earned, few, lines.spark(_so_far(weeks, "certified")))
    yield _rate_kpi(_("Earned it, verified"), (counts.verified_certified, counts.verified, Whole.VERIFIED), few, "")
    hours = overview.hours_of_certified
    yield Kpi(
        name=_("Measured hours"),
        figure=few if hours is None else count(hours, 1),
        of=_("median of %(whole)s") % {"whole": whole_of(overview.hours_n, Whole.CERTIFIED)} if hours else "",
    )


def _rate_kpi(name: str, share: tuple[int | None, int | None, Whole], few: str, spark: str) -> Kpi:
    part, whole, of = share
    if whole == 0:
        return Kpi(name=name, figure="–", of=whole_of(0, of))  # noqa: RUF001 -- a dash for nothing
    rate = rate_of(part, whole, of)
    return Kpi(name=name, figure=per_cent(rate) if rate else few, of=parts(rate) if rate else "", spark=spark)


def _since(all_days: tuple[Day, ...]) -> str:
    """What came in the last eight weeks, beside the eight before."""
    parts_of_time = all_days[-8 * _WEEK :], all_days[-16 * _WEEK : -8 * _WEEK]
    last, before = (sum(one.registered or 0 for one in part) for part in parts_of_time)
    if not before:
        return ""
    return _("%(last)s in 8 weeks; %(before)s in the 8 before") % {"last": count(last), "before": count(before)}


def _weeks(all_days: tuple[Day, ...]) -> list[tuple[Day, ...]]:
    """The last weeks, whole ones only."""
    ends = range(len(all_days), max(len(all_days) - 9 * _WEEK, 0) - 1, -_WEEK)
    return [all_days[start:end] for end, start in pairwise(ends)][::-1]


def _so_far(weeks: list[tuple[Day, ...]], name: str) -> list[float | None]:
    return [float(sum(getattr(one, name) or 0 for one in week)) for week in weeks]
