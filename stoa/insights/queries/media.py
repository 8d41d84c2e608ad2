"""Where MOOC videos reach their learners, in words: failures of tries by country, with participation beside them."""

import csv
import io
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.names import name_of
from stoa.insights.queries.numbers import count, hidden, in_full, parts, per_cent
from stoa.insights.rules import media as rules
from stoa.insights.rules.answers import Media, MediaGroup
from stoa.insights.rules.charts.specification import Method
from stoa.insights.rules.dimensions import UNKNOWN, Dimension
from stoa.insights.rules.rates import Rate, Whole, rate_of

HEAD = ("country", "tries", "failures", "learners", "registered", "participants")


@dataclass(frozen=True, kw_only=True)
class MediaRow:
    """A country as the page shows it; `width` is the share that failed, in hundredths."""

    country: str
    failed: str
    share: str
    tries: str
    learners: str
    participation: str
    width: float
    fails: bool


@dataclass(frozen=True, kw_only=True)
class MediaPage:
    """The figure: rows with the worst first, and a sentence."""

    rows: tuple[MediaRow, ...]
    caption: str
    note: str
    method: Method


def media_page(answer: Media, *, most: int | None = None) -> MediaPage:
    """The figure with so many countries, all of them where no number is given."""
    groups = sorted(answer.groups, key=_worst_first)
    few = hidden()
    return MediaPage(
        rows=tuple(_row(group, few) for group in groups[:most]),
        caption=_caption(answer, groups),
        note=_note(answer),
        method=_method(),
    )


def country_of(key: str) -> str:
    """The name of a country, or that it is not known."""
    return _("Country not known") if key == UNKNOWN else name_of(Dimension.COUNTRY, key, {})


def failed_of(group: MediaGroup) -> Rate | None:
    """The tries that failed, of all; None where nobody tried or it is hidden."""
    return rate_of(group.failures, group.tries, Whole.TRIES)


def csv_of(answer: Media) -> str:
    """The rows as a table for spreadsheets; a hidden value says so."""
    text, few = io.StringIO(), hidden()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEAD)
    for one in answer.groups:
        values = (one.tries, one.failures, one.learners, one.registered, one.participants)
        rows.writerow((one.key, *(few if value is None else value for value in values)))
    return text.getvalue()


def _worst_first(group: MediaGroup) -> tuple[float, int, str]:
    return -(rules.rate(group) or 0), -(group.tries or 0), group.key


def _row(group: MediaGroup, few: str) -> MediaRow:
    failed = failed_of(group)
    joined = rate_of(group.participants, group.registered, Whole.REGISTERED)
    return MediaRow(
        country=country_of(group.key),
        failed=few if group.failures is None else count(group.failures),
        share=f"{per_cent(failed)} {_('of %(n)s') % {'n': count(failed.whole)}}" if failed else "",
        tries=few if group.tries is None else count(group.tries),
        learners=few if group.learners is None else count(group.learners),
        participation=f"{per_cent(joined)} · {parts(joined)}" if joined else few,
        width=round(100 * failed.part / failed.whole, 2) if failed else 0.0,
        fails=rules.fails(group),
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
