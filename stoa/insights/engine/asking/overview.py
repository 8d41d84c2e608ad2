"""The cross-filter page: each dimension's slices under the choice of all other dimensions."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import numpy as np

from stoa.insights.engine.asking.crowd import Crowd, Numbers
from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.hiding import Hidden, Hiding
from stoa.insights.engine.asking.population import population
from stoa.insights.engine.asking.times import Times
from stoa.insights.engine.baseline.education import baseline
from stoa.insights.rules.answers import Counts, Day, Overview, Slice
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.rules.suppression import hidden

_EPOCH = date(1970, 1, 1)
_NAMES = tuple(asdict(Counts()))
_NOTHING_TOLD = Counts(registered=0, **dict.fromkeys(_NAMES[1:]))
#: Combinations of more dimensions than this are shown to teams only.
MOST_DIMENSIONS = 2


def overview(data: Data, choice: Choice, view: View, own: tuple[str, ...] | None = None) -> Overview:
    """The whole page."""
    crowd = data.crowd if own is None else data.crowd.of_courses(own)
    least = view.smallest_cell
    hiding = Hiding(crowd, least)
    narrow = least > 1 and len(choice.keys) > MOST_DIMENSIONS
    shown = not narrow and hiding.shows(choice)
    places = hiding.places(choice) if shown else np.zeros(0, np.int64)
    times = crowd.times(places)
    timed = times.timed if times.timed >= least else 0
    return Overview(
        version=data.version,
        as_of=data.as_of,
        view=view,
        choice=choice,
        courses=int((hiding.counts(Choice(), Dimension.COURSE)[:, 0] > 0).sum()),
        everyone=counts_of(hiding.counts(Choice())),
        shown=cell_of(hiding.counts(choice), least) if shown else None,
        slices={} if narrow else _slices(crowd, choice, hiding),
        titles=data.titles,
        days=_days(times, least) if shown else (),
        hours_of_certified=times.median_hours if timed else None,
        hours_n=timed,
        population=population(crowd, choice, hiding, baseline(), least) if shown else None,
        too_narrow=narrow,
    )


def counts_of(fields: Numbers) -> Counts:
    """The fields as words say them."""
    return Counts(**dict(zip(_NAMES, map(int, fields), strict=True)))


def cell_of(fields: Numbers, least: int) -> Counts | None:
    """A cell by itself: None where it is too small; fields that tell on a few are None."""
    if int(fields[0]) < least and int(fields[0]):
        return None
    masks = Hiding.fields_alone(fields, least)
    return _masked(fields, masks)


def _masked(fields: Numbers, masks: Hidden) -> Counts:
    shown = {name: int(value) for name, value, mask in zip(_NAMES, fields, masks, strict=True) if not mask}
    return replace(_NOTHING_TOLD, **{**shown, "registered": int(fields[0])})


def _slices(crowd: Crowd, choice: Choice, hiding: Hiding) -> dict[Dimension, tuple[Slice, ...]]:
    """Of each dimension, under the choice of all others."""
    return {name: _slices_of(crowd.keys[name], *told) for name, told in hiding.page(choice).items()}


def _slices_of(keys: tuple[str, ...], table: Numbers, cells: Hidden, masks: Hidden) -> tuple[Slice, ...]:
    there = zip(keys, table, cells, masks, strict=True)
    return tuple(
        Slice(key=key, counts=None if away else _masked(fields, mask)) for key, fields, away, mask in there if fields[0]
    )


def _days(times: Times, least: int) -> tuple[Day, ...]:
    lines, active = np.stack([times.registered, times.certified]), times.active
    happened = np.flatnonzero(lines.sum(axis=0) + active)
    if not len(happened):
        return ()
    span = slice(int(happened[0]), int(happened[-1]) + 1)
    registered, certified = lines[:, span]
    away = hidden(lines[:, span].astype(np.int64), least)
    busy = active[span]
    return tuple(
        Day(
            day=_EPOCH + timedelta(days=span.start + place),
            active=int(busy[place]) if busy[place] == 0 or busy[place] >= least else None,
            registered=None if away[0][place] else int(registered[place]),
            certified=None if away[1][place] else int(certified[place]),
        )
        for place in range(len(busy))
    )
