"""The table of runs on a course's page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stoa.catalogue.models import Run
from stoa.catalogue.queries import RunDates, State, dates_of


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """A run in the table of runs."""

    code: str
    dates: str
    participants: int
    state: State
    best: bool
    mine: bool
    open: bool
    enrolment: str
    """When one may enrol, where that is limited."""


def run_lines(
    runs: Sequence[Run], people: Mapping[int, int], offered: RunDates | None, joined: Run | None, now: datetime
) -> Iterator[RunLine]:
    """The runs with their dates and learners, the one on offer and the reader's own marked."""
    for run in runs:
        dates = dates_of(run)
        yield RunLine(
            code=run.code,
            dates=_span(dates),
            participants=people.get(run.pk, 0),
            state=dates.state(now),
            best=bool(offered and offered.pk == run.pk),
            mine=bool(joined and joined.pk == run.pk),
            open=dates.takes_learners(now) and dates.state(now) is not State.ENDED,
            enrolment=enrolment_words(dates, now),
        )


def enrolment_words(dates: RunDates, now: datetime) -> str:
    """One sentence on when one may enrol, where that is limited."""
    if dates.state(now) is State.ENDED:
        return ""
    if dates.opens_at and now < dates.opens_at:
        return _("Enrolment opens on %(day)s.") % {"day": day_in(dates.opens_at, dates.time_zone, "j M Y")}
    if dates.closes_at is None:
        return ""
    said = _("Enrolment closes on %(day)s.") if now < dates.closes_at else _("Enrolment closed on %(day)s.")
    return said % {"day": day_in(dates.closes_at, dates.time_zone, "j M Y")}


def _span(dates: RunDates) -> str:
    first = day_in(dates.starts_at, dates.time_zone, "j M Y") if dates.starts_at else ""
    last = day_in(dates.ends_at, dates.time_zone, "j M Y") if dates.ends_at else ""
    if first and last:
        return f"{first} \N{EN DASH} {last}"
    if first:
        return _("from %(day)s") % {"day": first}
    return _("any day")


def day_in(moment: datetime, time_zone: str, shape: str) -> str:
    """The day of a moment as it is in this zone, in the reader's language."""
    return date_format(moment.astimezone(ZoneInfo(time_zone)), shape)
