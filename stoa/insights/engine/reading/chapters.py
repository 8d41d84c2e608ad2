"""The chapter that each block of a course lies in, as far as descriptions told."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq

from stoa.insights.engine.kinds import COURSEWARE
from stoa.insights.engine.reading.columns import Numbers
from stoa.insights.engine.reading.events import Events
from stoa.insights.engine.warehouse.dictionaries import NOBODY
from stoa.insights.engine.warehouse.manifest import Manifest

_BLOCKS: Final = "statements/blocks"
_COURSEWARE: Final = [int(kind) for kind in COURSEWARE]


class Chapters:
    """The chapter of each object, as far as descriptions told."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._of: dict[int, int] = {}
        for kept in manifest.files(_BLOCKS):
            table = pq.read_table(folder / kept.path, columns=["object", "chapter"])
            self._of.update(zip(table["object"].to_pylist(), table["chapter"].to_pylist(), strict=True))

    def learn(self, rows: Sequence[Mapping[str, object]]) -> None:
        """What was described just now."""
        for row in rows:
            self._of[int(str(row["object"]))] = int(str(row["chapter"]))

    def fill(self, found: Events) -> None:
        """Set the chapter of events of courseware: where the object's is known, that; else what the address said."""
        if not self._of:
            return
        size = max(*self._of, int(found.object.max(initial=0))) + 1
        known: Numbers = np.full(size + 1, NOBODY)
        known[list(self._of)] = list(self._of.values())
        told = known[found.object]
        here = np.isin(found.kind, _COURSEWARE) & (found.object >= 0) & (told >= 0)
        found.chapter = np.where(here, told, found.chapter)
