"""The cross-filter page: each dimension's slices under the choice of all other dimensions."""

from dataclasses import asdict
from datetime import date, timedelta

import numpy as np

from stoa.insights.engine.asking.columns import CERTIFIED
from stoa.insights.engine.asking.crowd import NO_DAY, Crowd, Numbers
from stoa.insights.engine.asking.data import Data
from stoa.insights.rules.answers import Counts, Day, Overview, Slice
from stoa.insights.rules.dimensions import Choice, Dimension, View

_EPOCH = date(1970, 1, 1)
_NAMES = tuple(asdict(Counts()))


def overview(data: Data, choice: Choice, view: View) -> Overview:
    """The whole page."""
    crowd = data.crowd
    places = crowd.where(choice)
    least = view.smallest_cell
    seconds = _seconds_of_certified(crowd, places)
    return Overview(
        version=data.version,
        as_of=data.as_of,
        view=view,
        choice=choice,
        courses=len(crowd.keys[Dimension.COURSE]),
        everyone=counts_of(crowd.counts(None)),
        shown=_cell(crowd.counts(places), least),
        slices={dimension: _slices(crowd, choice, dimension, least) for dimension in Dimension},
        titles=data.titles,
        days=_days(crowd, places, least),
        hours_of_certified=_median_hours(seconds) if len(seconds) >= least else None,
        hours_n=len(seconds) if len(seconds) >= least else 0,
    )


def counts_of(fields: Numbers) -> Counts:
    """The fields as words say them."""
    return Counts(**dict(zip(_NAMES, map(int, fields), strict=True)))


def _cell(fields: Numbers, least: int) -> Counts | None:
    return counts_of(fields) if int(fields[0]) >= least else None


def _slices(crowd: Crowd, choice: Choice, dimension: Dimension, least: int) -> tuple[Slice, ...]:
    table = crowd.counts(crowd.where(choice.without(dimension)), dimension)
    there = zip(crowd.keys[dimension], table, strict=True)
    return tuple(Slice(key=key, counts=_cell(fields, least)) for key, fields in there if fields[0])


def _days(crowd: Crowd, places: Numbers | None, least: int) -> tuple[Day, ...]:
    registered, certified = (_by_day(column, places) for column in (crowd.registered_on, crowd.certified_on))
    happened = np.flatnonzero(registered + certified)
    if not len(happened):
        return ()

    def shown(count: int) -> int | None:
        return count if count == 0 or count >= least else None

    return tuple(
        Day(
            day=_EPOCH + timedelta(days=day),
            active=None,
            registered=shown(int(registered[day])),
            certified=shown(int(certified[day])),
        )
        for day in range(int(happened[0]), int(happened[-1]) + 1)
    )


def _by_day(column: Numbers, places: Numbers | None) -> Numbers:
    taken = column if places is None else column[places]
    found: Numbers = np.bincount(taken, minlength=NO_DAY + 1)[:NO_DAY]
    return found


def _seconds_of_certified(crowd: Crowd, places: Numbers | None) -> Numbers:
    """How long those took who got the credential."""
    seconds, patterns = (column if places is None else column[places] for column in (crowd.seconds, crowd.patterns))
    found: Numbers = seconds[patterns & CERTIFIED != 0]
    return found


def _median_hours(seconds: Numbers) -> float | None:
    return round(float(np.median(seconds)) / 3600, 2) if len(seconds) else None
