"""Participants, countries, goals and topics by month."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.crowd import NO_DAY, Crowd, Numbers
from stoa.insights.engine.asking.data import Data
from stoa.insights.rules.answers import Month, Trend
from stoa.insights.rules.dimensions import UNKNOWN, Dimension, View

_VARIETIES: Final = (Dimension.COUNTRY, Dimension.INTENT, Dimension.AREA)


def trend(data: Data, view: View) -> Trend:
    """The four series, by the month of the first act of each participation."""
    crowd = data.crowd
    there = np.flatnonzero(crowd.acted_on != NO_DAY)
    if not len(there):
        return Trend(version=data.version, as_of=data.as_of)
    days: NDArray[np.datetime64] = crowd.acted_on[there].astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64)
    first, last = int(months.min()), int(months.max())
    came = np.bincount(months - first, minlength=last - first + 1)
    kinds = [_kinds(crowd, dimension, there, months - first, len(came)) for dimension in _VARIETIES]
    return Trend(version=data.version, as_of=data.as_of, months=_months(first, came, kinds, least=view.smallest_cell))


def _kinds(crowd: Crowd, dimension: Dimension, places: Numbers, months: Numbers, count: int) -> NDArray[np.bool_]:
    """Months by known keys: whether anybody came with that key."""
    keys = crowd.keys[dimension]
    cells = months * len(keys) + crowd.codes[dimension][places]
    seen = np.bincount(cells, minlength=count * len(keys)).reshape(count, len(keys)) > 0
    known = np.array([key != UNKNOWN for key in keys], dtype=np.bool_)
    return np.asarray(seen[:, known])


def _months(first: int, came: Numbers, kinds: Sequence[NDArray[np.bool_]], *, least: int) -> tuple[Month, ...]:
    so_far = [np.logical_or.accumulate(seen, axis=0) for seen in kinds]
    total = 0
    months = []
    for place, participants in enumerate(map(int, came)):
        total += participants
        shown = participants == 0 or participants >= least
        countries, goals, topics = (int(seen[place].sum()) for seen in kinds)
        all_countries, all_goals, all_topics = (int(seen[place].sum()) for seen in so_far)
        months.append(
            Month(
                month=str(np.datetime64(first + place, "M")),
                participants=participants if shown else None,
                countries=countries,
                goals=goals,
                topics=topics,
                participants_so_far=total if shown else None,
                countries_so_far=all_countries,
                goals_so_far=all_goals,
                topics_so_far=all_topics,
            )
        )
    return tuple(months)
