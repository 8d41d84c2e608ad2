"""area_balance: which areas send more learners to others than they receive, and whether chance would do the same.

A learner's path adds to an area's balance one for beginning there and takes one for ending there, whatever lies
between: so a shuffle of the order of courses needs the first and the last course of each learner only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.metrics.computed.rows import Row

Whole = NDArray[np.int64]
SHUFFLES: Final = 999
SEED: Final = 2016
_AREAS = 'SELECT DISTINCT area FROM "state/steps" ORDER BY area'
_PATHS = """
    SELECT dense_rank() OVER (ORDER BY area) - 1 AS code, learner FROM "state/steps" ORDER BY learner, place
"""
_SENT = """
    SELECT area, coalesce(sum(next) FILTER (origin = area), 0), coalesce(sum(next) FILTER (target = area), 0)
    FROM (SELECT DISTINCT area FROM "state/steps") LEFT JOIN "tables/area_network"
    ON area IN (origin, target) AND origin <> target GROUP BY area
"""


@dataclass(frozen=True, kw_only=True)
class Chance:
    """Balances of areas where each learner's courses come in any order: mean, standard deviation, and p."""

    expected: NDArray[np.float64]
    spread: NDArray[np.float64]
    p_value: NDArray[np.float64]


def chance(codes: Whole, sizes: Whole, areas: int) -> Chance:
    """Shuffle paths: `codes` are the areas of each learner's courses, one learner after the other, `sizes` how many.

    p is the share of shuffles with a balance at least as far from nought, the observed order counted as one of them.
    """
    starts = np.cumsum(sizes) - sizes
    several = sizes > 1
    starts, sizes = starts[several], sizes[several]
    seen = _net(codes[starts], codes[starts + sizes - 1], areas)
    dice = np.random.default_rng(SEED)
    as_far, total, squares = (np.zeros(areas, dtype=np.int64) for _ in range(3))
    for _ in range(SHUFFLES):
        first = dice.integers(0, sizes)
        last = dice.integers(0, sizes - 1)
        last += last >= first
        net = _net(codes[starts + first], codes[starts + last], areas)
        as_far += np.abs(net) >= np.abs(seen)
        total += net
        squares += net * net
    mean = total / SHUFFLES
    return Chance(
        expected=mean,
        spread=np.sqrt(np.maximum(squares / SHUFFLES - mean * mean, 0)),
        p_value=(1 + as_far) / (1 + SHUFFLES),
    )


def _net(first: Whole, last: Whole, areas: int) -> Whole:
    return np.bincount(first, minlength=areas) - np.bincount(last, minlength=areas)


def area_balance(sql: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One row an area."""
    areas = [area for (area,) in sql.execute(_AREAS).fetchall()]
    paths = sql.execute(_PATHS).fetchnumpy()
    codes, learners = (np.ma.getdata(paths[name]).astype(np.int64) for name in ("code", "learner"))
    sizes = np.unique(learners, return_counts=True)[1].astype(np.int64)
    told = chance(codes, sizes, len(areas))
    flows = {area: (int(sent), int(received)) for area, sent, received in sql.execute(_SENT).fetchall()}
    for place, area in enumerate(areas):
        sent, received = flows[area]
        yield {
            "area": area,
            "sent": sent,
            "received": received,
            "net": sent - received,
            "expected": float(told.expected[place]),
            "spread": float(told.spread[place]),
            "p_value": float(told.p_value[place]),
            "shuffles": SHUFFLES,
        }
