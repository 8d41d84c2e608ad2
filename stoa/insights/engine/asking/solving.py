"""Finds hidden cells that follow from all that is shown of a table, by solving its equations (decision 0013)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.bridges import bridges

Numbers = NDArray[np.integer]
Hidden = NDArray[np.bool_]
#: Tables with more hidden cells are not solved, for there each has many beside it: those of courses, and others.
MOST_CELLS: Final = 120
MOST_WAYS: Final = 4_000
_ALMOST: Final = 1e-7


@dataclass(frozen=True, kw_only=True)
class Margins:
    """Which sums of lines are hidden: of the rows of each table, and of all columns; None where rows are no lines."""

    rows: Mapping[str, Hidden] | None = None
    columns: Hidden = field(default_factory=lambda: np.zeros(1, bool))


def determined(
    tables: Mapping[str, Numbers], hidden: Mapping[str, Hidden], belongs: Mapping[str, Numbers], margins: Margins
) -> dict[str, Hidden]:
    """The hidden cells whose numbers follow; tables beside the first are sums of its rows, as `belongs` says."""
    base = next(iter(tables))
    there = hidden[base] & (tables[base] > 0)
    size = int(there.sum())
    if not 0 < size <= (MOST_CELLS if belongs else MOST_WAYS):
        return {}
    if not belongs:
        rows = margins.rows[base] if margins.rows else np.ones(len(there), bool)
        return {base: bridges(there, rows, np.broadcast_to(margins.columns, there.shape[1:]))}
    basis = _basis(np.array([line[there] for line in _shown(tables, hidden, belongs, margins)], np.float64), size)
    found = {}
    for name, mask in hidden.items():
        gone = mask & (tables[name] > 0)
        wanted = np.array([cell[there] for cell in _cells(name, gone, there, belongs)], np.float64)
        follows = np.zeros(gone.shape, bool)
        if len(wanted):
            follows[gone] = abs(wanted - wanted @ basis @ basis.T).max(axis=1) < _ALMOST
        found[name] = follows
    return found


def _shown(
    tables: Mapping[str, Numbers], hidden: Mapping[str, Hidden], belongs: Mapping[str, Numbers], margins: Margins
) -> Iterator[Hidden]:
    """Each shown sum, as the cells of the first table of which it is the sum."""
    base = next(iter(tables))
    shape = tables[base].shape
    for name, mask in hidden.items():
        if name != base:
            yield from _cells(name, ~mask, np.ones(shape, bool), belongs)
        for row in np.flatnonzero(~margins.rows[name]) if margins.rows else ():
            members = np.arange(shape[0]) == row if name == base else belongs[name] == row
            yield np.broadcast_to(members[:, None], shape)
    for column in np.flatnonzero(~margins.columns):
        yield np.broadcast_to(np.arange(shape[1])[None, :] == column, shape)


def _cells(name: str, wanted: Hidden, there: Hidden, belongs: Mapping[str, Numbers]) -> Iterator[Hidden]:
    """The wanted cells of a table, in those of the first."""
    for row, column in np.argwhere(wanted):
        found = np.zeros(there.shape, bool)
        found[belongs[name] == row if name in belongs else row, column] = True
        yield found & there


def _basis(lines: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    if not len(lines):
        return np.zeros((size, 0))
    values, vectors = np.linalg.eigh(lines.T @ lines)
    return np.asarray(vectors[:, values > _ALMOST])
