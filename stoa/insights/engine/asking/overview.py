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

_EPOCH = date(1970, 1, 1)
_NAMES = tuple(asdict(Counts()))
_NOTHING_TOLD = Counts(registered=0, **dict.fromkeys(_NAMES[1:]))
#: Combinations of more dimensions than this are shown to teams only.
MOST_DIMENSIONS = 2


def overview(data: Data, choice: Choice, view: View, own: tuple[str, ...] | None = None) -> Overview:
    """The whole page."""
    crowd = data.crowd if own is None else data.crowd.of_courses(own)
    least = view.smallest_cell
    hiding = data.hiding(least) if own is None else Hiding(crowd, least)
    narrow = least > 1 and len(choice.keys) > MOST_DIMENSIONS
    shown = None if narrow else _whole(choice, hiding)
    places = hiding.places(choice) if shown else np.zeros(0, np.int64)
    times = crowd.times(places)
    timed = times.timed if times.timed >= least and shown and shown.certified is not None else 0
    return Overview(
        version=data.version,
        as_of=data.as_of,
        view=view,
        choice=choice,
        courses=int((hiding.counts(Choice(), Dimension.COURSE)[:, 0] > 0).sum()),
        everyone=_whole(Choice(), hiding) or Counts(),
        shown=shown,
        slices={} if narrow else _slices(crowd, choice, hiding, whole=bool(shown)),
        wholes={} if narrow else {name: _registered(choice.without(name), hiding) for name in choice.keys},
        titles=data.titles,
        days=_days(choice, hiding, times) if shown else (),
        hours_of_certified=times.median_hours if timed else None,
        hours_n=timed,
        population=population(crowd, choice, hiding, baseline(), least) if shown else None,
        too_narrow=narrow,
    )


def counts_of(fields: Numbers) -> Counts:
    """The fields as words say them."""
    return Counts(**dict(zip(_NAMES, map(int, fields), strict=True)))


def _whole(choice: Choice, hiding: Hiding) -> Counts | None:
    fields = hiding.counts(choice)
    masks = hiding.fields(choice, fields)
    return None if masks[0] else _masked(fields, masks)


def _registered(choice: Choice, hiding: Hiding) -> int | None:
    return int(hiding.counts(choice)[0]) if hiding.shows(choice) else None


def _masked(fields: Numbers, masks: Hidden) -> Counts:
    shown = {name: int(value) for name, value, mask in zip(_NAMES, fields, masks, strict=True) if not mask}
    return replace(_NOTHING_TOLD, **{**shown, "registered": int(fields[0])})


def _slices(crowd: Crowd, choice: Choice, hiding: Hiding, *, whole: bool) -> dict[Dimension, tuple[Slice, ...]]:
    """Of each dimension, under the choice of all others; nothing of a choice whose whole is hidden."""
    found = {}
    for name, (table, masks) in hiding.page(choice).items():
        # Which of the hidden slices are empty would tell on a few.
        there = (table[:, 0] > 0) | (masks[:, 0] & hiding.possible(choice.without(name), name))
        if not whole and name not in choice.keys:
            there = np.zeros(len(there), bool)
        found[name] = _slices_of(crowd.keys[name], table, masks, there)
    return found


def _slices_of(keys: tuple[str, ...], table: Numbers, masks: Hidden, there: Hidden) -> tuple[Slice, ...]:
    told = zip(keys, table, masks, there, strict=True)
    return tuple(
        Slice(key=key, counts=None if mask[0] else _masked(fields, mask)) for key, fields, mask, here in told if here
    )


def _days(choice: Choice, hiding: Hiding, times: Times) -> tuple[Day, ...]:
    away = hiding.days(choice)
    if away is None:
        return ()
    lines = np.stack([times.registered, times.certified, times.active])
    happened = np.flatnonzero(lines.sum(axis=0))
    if not len(happened):
        return ()
    span = slice(int(happened[0]), int(happened[-1]) + 1)
    told = [
        [None if gone else int(number) for number, gone in zip(line[span], mask[span], strict=True)]
        for line, mask in zip(lines, away, strict=True)
    ]
    return tuple(
        Day(day=_EPOCH + timedelta(days=span.start + place), registered=registered, certified=certified, active=active)
        for place, (registered, certified, active) in enumerate(zip(*told, strict=True))
    )
