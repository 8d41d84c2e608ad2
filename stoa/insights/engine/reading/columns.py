"""Columns as numbers of their distinct values, so that Python looks at each value once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]
_SPAN: Final = 1 << 31


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A column as codes, numbers of its distinct values in the order of their first appearance; NULL is the last."""

    codes: Numbers
    values: tuple[str, ...]

    def each(self, function: Callable[[str], int]) -> Numbers:
        """For each row what the function says of its value."""
        return np.fromiter(map(function, self.values), np.int64, len(self.values))[self.codes]

    def at(self, row: int) -> str:
        """The text of a row."""
        return self.values[int(self.codes[row])]


def coded(column: pa.ChunkedArray) -> Coded:
    """The column's texts; NULL is the empty text."""
    encoded = column.combine_chunks()
    if not pa.types.is_dictionary(encoded.type):
        encoded = pc.dictionary_encode(encoded)
    values = (*(value or "" for value in encoded.dictionary.to_pylist()), "")
    codes = encoded.indices.fill_null(len(values) - 1).to_numpy().astype(np.int64)
    return Coded(codes=codes, values=values)


def alike(*columns: Numbers) -> tuple[Numbers, list[int]]:
    """Rows that are equal in these columns, as numbers in the order of appearance, and the first row of each."""
    codes, rows = columns[0], np.empty(0, np.int64)
    for column in (*columns[1:], None):
        both = codes if column is None else codes * _SPAN + column + 1
        codes = pc.dictionary_encode(pa.array(both)).indices.to_numpy().astype(np.int64)
    rows = np.empty(int(codes.max(initial=-1)) + 1, np.int64)
    rows[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, rows.tolist()


def member(kinds: Numbers, wanted: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Whether each of these kinds is one of the wanted."""
    table = np.zeros(256, bool)
    table[list(wanted)] = True
    return table[kinds]


class Words:
    """Texts as small numbers, for the time of a batch; -1 is the empty text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text."""
        if not text:
            return -1
        found = self._numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found

    def text(self, number: int) -> str:
        """The text of a number."""
        return self.texts[number] if number >= 0 else ""
