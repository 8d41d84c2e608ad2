"""Where MOOC videos reach their learners, in words: failures of tries by country, with participation beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.addresses import HOME, Address
from stoa.insights.queries.cards import FORMS, Card, card_alone
from stoa.insights.queries.counted import counted, up_to
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.grids import Grid
from stoa.insights.queries.names import name_of
from stoa.insights.queries.numbers import count, hidden, in_full
from stoa.insights.rules import media as rules
from stoa.insights.rules.answers import Media, MediaGroup
from stoa.insights.rules.charts.specification import Chart, Kind, Method, Row, Words
from stoa.insights.rules.dimensions import UNKNOWN, Choice, Dimension
from stoa.insights.rules.figures import Figure
from stoa.insights.rules.rates import Rate, Whole, rate_of

HEAD = ("country", "tries", "failures", "learners", "registered", "participants")


@dataclass(frozen=True, kw_only=True)
class MediaPage:
    """The figure: a card with the worst countries first, and a table."""

    card: Card
    grid: Grid


def media_page(answer: Media, links: Mapping[str, str], *, most: int | None = None) -> MediaPage:
    """The figure with so many countries, all of them where no number is given; `links` are its page and files."""
    chart = media_drawn(answer).chart
    card = card_alone(replace(chart, rows=chart.rows[:most]), links)
    figure = Figure(name=chart.name, kind=chart.kind, dimension=Dimension.COUNTRY, span=3)
    more = _("All countries, with participation") if most else ""
    return MediaPage(card=replace(card, figure=figure, more=more), grid=_grid(answer))


def media_links(address: Address) -> dict[str, str]:
    """Where the figure's page and files are, as this view sees them."""
    files = {form: address.to(Choice(), path=f"{HOME}media.{form}") for form in FORMS}
    return files | {"page": address.to(Choice(), path=f"{HOME}media/")}


def media_drawn(answer: Media) -> Drawn:
    """Bars of the shares that failed, with the counts behind them; a hidden one is missing."""
    groups = sorted(answer.groups, key=_worst_first)
    chart = counted(
        Chart(
            kind=Kind.BARS,
            name="media",
            title=_("Media by country"),
            caption=_caption(answer, groups),
            denominator=Whole.TRIES,
            n=answer.everyone.tries,
            estimated=True,
            rows=tuple(_bar(group) for group in groups),
            view=answer.view,
            method=_method(),
            words=Words(
                hidden=hidden(),
                note=_note(answer),
                foot=_("Counted up to %(date)s (UTC), data version %(version)s, Stoa %(code)s.") % up_to(answer),
                per_cent=True,
            ),
        ),
        answer,
    )
    rows = tuple(
        (one.key, one.tries, one.failures, one.learners, one.registered, one.participants) for one in answer.groups
    )
    return Drawn(chart=chart, columns=HEAD, rows=rows, sql=answer.sql, missing=hidden())


def _bar(group: MediaGroup) -> Row:
    told = failed_of(group)
    mark = "worst" if rules.fails(group) else "unknown" if group.key == UNKNOWN else ""
    return Row(
        key=group.key,
        label=country_of(group.key),
        value=told.part if told else None,
        of=told.whole if told else None,
        mark=mark,
    )


def country_of(key: str) -> str:
    """The name of a country, or that it is not known."""
    return _("Country not known") if key == UNKNOWN else name_of(Dimension.COUNTRY, key, {})


def failed_of(group: MediaGroup) -> Rate | None:
    """The tries that failed, of all; None where nobody tried or it is hidden."""
    return rate_of(group.failures, group.tries, Whole.TRIES)


def _worst_first(group: MediaGroup) -> tuple[bool, float, int, str]:
    """Those with too few tries to say anything come last."""
    return (group.tries or 0) < rules.FEWEST, -(rules.rate(group) or 0), -(group.tries or 0), group.key


def _grid(answer: Media) -> Grid:
    heads = (_("Country"), _("Failed"), _("Tries"), _("Learners who tried"), _("Participants, of all times"))
    return Grid(heads=heads, rows=tuple(_row(group, hidden()) for group in sorted(answer.groups, key=_worst_first)))


def _row(group: MediaGroup, few: str) -> tuple[str, ...]:
    failed = failed_of(group)
    joined = rate_of(group.participants, group.registered, Whole.REGISTERED)
    return (
        country_of(group.key),
        in_full(failed) if failed else few if group.failures is None else count(group.failures),
        few if group.tries is None else count(group.tries),
        few if group.learners is None else count(group.learners),
        in_full(joined) if joined else few,
    )


def _caption(answer: Media, groups: list[MediaGroup]) -> str:
    """The share of all that failed, where it may be shown; the worst country, and those to be warned of."""
    whole, worst = failed_of(answer.everyone), next((one for one in groups if one.failures), None)
    said = [_("%(rate)s failed.") % {"rate": in_full(whole)}] if whole else []
    if worst and (failed := failed_of(worst)):
        said.append(_("Most: %(group)s, %(rate)s.") % {"group": country_of(worst.key), "rate": in_full(failed)})
    bad = [country_of(group.key) for group in groups if rules.fails(group)]
    if bad:
        said.append(_("More than 30 of 100 failed in: %(countries)s.") % {"countries": ", ".join(bad)})
    if not said:
        return _("Too few people to show.") if groups else _("Nothing is counted yet.")
    return " ".join(said)


def _note(answer: Media) -> str:
    days = ngettext("the last %(n)s day", "the last %(n)s days", answer.days) % {"n": answer.days}
    until = date_format(answer.as_of, "j M Y") if answer.as_of else "–"  # noqa: RUF001 -- a dash for nothing
    said = {"days": days, "date": until, "fewest": rules.FEWEST}
    return _("Estimated · in %(days)s up to %(date)s; a warning needs at least %(fewest)s tries in a day") % said


def _method() -> Method:
    return Method(
        definition=_(
            "A try is a learner with a MOOC video on a day, however often they press play. It failed where the "
            "learner's browser said at least once that no source of the MOOC video could be played, or that it stood "
            "still for 20 seconds. What a browser cannot say, because nothing at all gets through, is not counted. The "
            "country is that of the address which the try came from, else the learner's. Participation is of all times."
        ),
        unit=_("tries"),
        denominator=_("tries: a learner with a MOOC video on a day"),
        source=_("the event log: what browsers tell of MOOC videos; addresses on the network"),
    )
