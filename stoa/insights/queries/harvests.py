"""Pairs of accounts that a person should look at, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.insights.queries.numbers import count, in_full
from stoa.insights.rules.answers import Harvest, Harvested
from stoa.insights.rules.rates import Rate, Whole

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Two accounts, and what speaks for a look at them."""

    certified: str
    other: str
    strict: bool
    says: str
    delays: str
    rows: tuple[tuple[str, str, str, str], ...]
    """Problem, when its answer was shown, when it was entered, and the time between."""


def findings(answer: Harvested) -> tuple[Finding, ...]:
    """One for each pair."""
    return tuple(_finding(one) for one in answer.harvests)


def _finding(one: Harvest) -> Finding:
    seen = Rate(part=len(one.problems), whole=one.of, of=Whole.SOLVED)
    said = {"other": one.other, "certified": one.certified, "rate": in_full(seen)}
    delays = {"half": span(one.median_seconds), "most": span(one.p90_seconds), "order": count(one.order, 2)}
    return Finding(
        certified=one.certified,
        other=one.other,
        strict=one.strict,
        says=_("%(other)s was shown the answer before %(certified)s entered it: %(rate)s.") % said,
        delays=_(
            "Half of them were entered within %(half)s, nine of ten within %(most)s; the two orders agree by %(order)s "
            "(rank correlation: 1 is the same order)."
        )
        % delays,
        rows=tuple(_rows(one)),
    )


def _rows(one: Harvest) -> Iterator[tuple[str, str, str, str]]:
    for seen in one.problems:
        between = (seen.entered - seen.shown).total_seconds()
        yield seen.problem, _time(seen.shown.isoformat()), _time(seen.entered.isoformat()), span(between)


def _time(at: str) -> str:
    return at[:19].replace("T", " ")


def span(seconds: float) -> str:
    """40 seconds, 3 minutes, 5 hours, 2 days."""
    if seconds < 2 * _MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", round(seconds)) % {"n": count(round(seconds))}
    if seconds < 2 * _HOUR:
        n = round(seconds / _MINUTE)
        return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": count(n)}
    if seconds < 2 * _DAY:
        n = round(seconds / _HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": count(n)}
    n = round(seconds / _DAY)
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": count(n)}
