"""Participants, countries, goals and topics by month."""

# ruff: noqa: S608 -- names of this module only

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.columns import LEARNERS
from stoa.insights.engine.asking.crowd import Crowd, Numbers
from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.times import NO_DAY
from stoa.insights.rules.answers import Month, Trend
from stoa.insights.rules.dimensions import UNKNOWN, Dimension, View
from stoa.insights.rules.suppression import enough

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
    least = view.smallest_cell
    months_told = _months(first, came, kinds, least=least)
    return Trend(version=data.version, as_of=data.as_of, months=months_told, sql=_sql(least))


def _sql(least: int) -> str:
    """What DuckDB answers the same to, asked in the folder of the warehouse."""
    told = {"countries": "country", "goals": "intent", "topics": "area"}
    now = "".join(f", count(DISTINCT {key}) AS {name}" for name, key in told.items())
    so_far = "".join(
        f""",
    (SELECT count(*) FROM (
        SELECT min(month) AS came FROM acted WHERE {key} IS NOT NULL GROUP BY {key}
    ) WHERE came <= months.month) AS {name}_so_far"""
        for name, key in told.items()
    )
    return f"""-- Months with fewer than {least} participants are hidden, and others beside them.
WITH acted AS (
    SELECT strftime(make_timestamp(first_event), '%Y-%m') AS month, country, intent, area
    FROM 'tables/person_course/*.parquet' WHERE {LEARNERS} AND viewed AND first_event IS NOT NULL
),
months AS (SELECT month, count(*) AS participants{now} FROM acted GROUP BY month)
SELECT *, sum(participants) OVER (ORDER BY month)::BIGINT AS participants_so_far{so_far}
FROM months ORDER BY month;
"""


def _kinds(crowd: Crowd, dimension: Dimension, places: Numbers, months: Numbers, count: int) -> NDArray[np.bool_]:
    """Months by known keys: whether anybody came with that key."""
    keys = crowd.keys[dimension]
    cells = months * len(keys) + crowd.codes[dimension][places]
    seen = np.bincount(cells, minlength=count * len(keys)).reshape(count, len(keys)) > 0
    known = np.array([key != UNKNOWN for key in keys], dtype=np.bool_)
    return np.asarray(seen[:, known])


def _hidden(came: Numbers, least: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of which months the participants are hidden, and of which what came so far.

    Months are hidden in a row, from a small one to where they are enough: what came before it and what came up to its
    last month is shown, so their sum is known, but nothing between.
    """
    hidden, so_far = np.zeros(len(came), bool), np.zeros(len(came), bool)
    for first, last in _rows(came, least):
        hidden[first : last + 1] = True
        so_far[first:last] = True
    return hidden, so_far


def _rows(came: Numbers, least: int) -> list[tuple[int, int]]:
    """The first and the last of the months that are hidden in a row."""
    found: list[tuple[int, int]] = []
    first = len(came)
    for place, number in enumerate(came):
        if first > place and 0 < number < least:
            first = place
        if first <= place and _enough(came[first : place + 1], least):
            found.append((first, place))
            first = len(came)
    if first < len(came):
        # None are left after it: those before are hidden with it.
        while first > 0 and not _enough(came[first:], least):
            first = found.pop()[0] if found and found[-1][1] == first - 1 else first - 1
        found.append((first, len(came) - 1))
    return found


def _enough(months: Numbers, least: int) -> bool:
    return bool(enough(np.asarray((months > 0).sum()), np.asarray(months.sum()), least))


def _months(first: int, came: Numbers, kinds: Sequence[NDArray[np.bool_]], *, least: int) -> tuple[Month, ...]:
    so_far = [np.logical_or.accumulate(seen, axis=0) for seen in kinds]
    hidden, hidden_so_far = _hidden(came, least)
    total = 0
    months = []
    for place, participants in enumerate(map(int, came)):
        total += participants
        countries, goals, topics = (int(seen[place].sum()) for seen in kinds)
        all_countries, all_goals, all_topics = (int(seen[place].sum()) for seen in so_far)
        months.append(
            Month(
                month=str(np.datetime64(first + place, "M")),
                participants=None if hidden[place] else participants,
                countries=countries,
                goals=goals,
                topics=topics,
                participants_so_far=None if hidden_so_far[place] else total,
                countries_so_far=all_countries,
                goals_so_far=all_goals,
                topics_so_far=all_topics,
            )
        )
    return tuple(months)
