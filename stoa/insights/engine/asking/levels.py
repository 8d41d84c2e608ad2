"""Hides cells of tables of three dimensions: in each line of the last, from some key on all that are rarer (0013).

The last dimension's keys stand from the most frequent to the rarest. Where a cell (d, e, f) is hidden, so are those of
(d, e) with rarer keys; and the pairs (d, e) that are hidden at f are hidden as in a table of two dimensions. Whoever
moves people around such a table, from f to a rarer key and back, changes no sum that is shown.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.nesting import settled
from stoa.insights.engine.asking.solving import Margins

Numbers = NDArray[np.integer]
Hidden = NDArray[np.bool_]


class Pairs(NamedTuple):
    """What is hidden in tables of two dimensions of the three: of (d, e), and of (d, f)."""

    first: Hidden
    last: Hidden


def levels(
    tables: Mapping[str, Numbers],
    pairs: Mapping[str, Pairs],
    columns: Hidden,
    belongs: Mapping[str, Numbers],
    least: int,
) -> dict[str, Numbers]:
    """For each (d, e) of each table the place of the first hidden key of the last dimension; as many as keys for none.

    `columns` is what is hidden of (e, f), which is the same for all tables.
    """
    size = columns.shape[1]
    rests = {name: _rest(table, least) for name, table in tables.items()}
    found = {
        name: _drawn(_begun(table, pairs[name], columns, least), rests[name], size) for name, table in tables.items()
    }
    # Cells are only ever added, so where there are as many as before nothing is to be done.
    seen = np.zeros(size, np.int64)
    while True:
        before = seen.copy()
        for place in range(size):
            masks = {name: level <= place for name, level in found.items()}
            if sum(int(mask.sum()) for mask in masks.values()) == seen[place]:
                continue
            layer = {name: np.ascontiguousarray(table[:, :, place]) for name, table in tables.items()}
            rows = {name: pair.last[:, place] for name, pair in pairs.items()}
            margins = Margins(rows=rows, columns=columns[:, place])
            for name, mask in settled(layer, masks, belongs, least, margins).items():
                found[name] = _drawn(np.where(mask, np.minimum(found[name], place), found[name]), rests[name], size)
            seen[place] = sum(int((level <= place).sum()) for level in found.values())
        if (seen == before).all():
            return found


def _begun(table: Numbers, pairs: Pairs, columns: Hidden, least: int) -> Numbers:
    """The place of the first key that is too small, or hidden for d or for e; all where (d, e) is hidden."""
    small = (table > 0) & (table < least)
    found = np.minimum(_first(small), np.minimum(_first(pairs.last)[:, None], _first(columns)[None, :]))
    return np.where(pairs.first, 0, np.where(table.any(axis=2), found, table.shape[2]))


def _first(mask: Hidden) -> Numbers:
    return np.asarray(np.where(mask.any(axis=-1), mask.argmax(axis=-1), mask.shape[-1]))


def _rest(table: Numbers, least: int) -> Numbers:
    """How late the hidden keys may begin: with two of them left at the least, and enough people."""
    rest = np.cumsum(table[:, :, ::-1], axis=2)[:, :, ::-1]
    return np.asarray((rest >= least).sum(axis=2).clip(1, max(table.shape[2] - 1, 1)) - 1)


def _drawn(first: Numbers, rest: Numbers, size: int) -> Numbers:
    """The same, begun so early that what is hidden is enough."""
    return np.where(first < size, np.minimum(first, rest), size)
