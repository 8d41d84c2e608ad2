"""Which days are hidden of a crowd, and of its groups by one dimension: found once a version (decision 0013)."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.cells import Cells, Masks
from stoa.insights.engine.asking.crowd import Crowd, Numbers
from stoa.insights.engine.asking.nesting import PARENTS, settled, summed
from stoa.insights.engine.asking.solving import Margins
from stoa.insights.engine.asking.times import NO_DAY
from stoa.insights.rules.dimensions import Dimension
from stoa.insights.rules.suppression import hidden

Hidden = NDArray[np.bool_]
_LINES: Final = 3
_CERTIFIED: Final = 1
_ACTIVE: Final = 2
_ALONE: Final = ""


class Daily:
    """The hidden days: of those who registered, who got the credential, who were active, in this order.

    Only the days of a `span` are looked at, in which all happened.
    """

    def __init__(self, crowd: Crowd, least: int, known: Cells) -> None:
        self._crowd = crowd
        self._least = least
        self._known = known
        self._others: dict[Dimension, Hidden] = {}

    @cached_property
    def span(self) -> slice:
        """From the first day to the last."""
        days = [days[days != NO_DAY] for _, days in self._acts]
        there = [one for one in days if len(one)]
        if not there:
            return slice(0, 0)
        return slice(min(int(one.min()) for one in there), max(int(one.max()) for one in there) + 1)

    @cached_property
    def all(self) -> Hidden:
        """Of everybody: an array (lines, days)."""
        lines = np.stack([self._counted(line, np.zeros(len(self._crowd), np.uint8), 1)[0] for line in range(_LINES)])
        away = hidden(lines, self._least)
        # Whoever is active on one day is on others too: those days add up to nothing.
        away[_ACTIVE] = (lines[_ACTIVE] > 0) & (lines[_ACTIVE] < self._least)
        return away

    def others(self, dimension: Dimension) -> Hidden:
        """By the keys of a dimension that is not about courses: (lines, keys, days)."""
        if dimension not in self._others:
            whole, far = self._known.others(dimension), self._far(dimension)
            tables = [self._counted(line, self._crowd.codes[dimension], len(whole)) for line in range(_LINES)]
            masks = [self._settled(line, {_ALONE: table}, {_ALONE: (whole, far)}) for line, table in enumerate(tables)]
            self._others[dimension] = np.stack([mask[_ALONE] for mask in masks])
        return self._others[dimension]

    @cached_property
    def family(self) -> Masks:
        """By courses and by what they belong to: (keys, lines, days)."""
        whole, by_status = self._known.family(), self._known.family(Dimension.STATUS)
        code = self._crowd.code(Dimension.STATUS, "certified")
        rows = {name: (mask, by_status[name][:, code] if code >= 0 else mask) for name, mask in whole.items()}
        found = []
        for line in range(_LINES):
            courses = self._counted(line, self._crowd.codes[Dimension.COURSE], len(whole[Dimension.COURSE]))
            belongs = self._known.members
            tables = {Dimension.COURSE: courses} | {name: summed(courses, belongs[name]) for name in PARENTS}
            found.append(self._settled(line, tables, rows, belongs))
        return {name: np.stack([one[name] for one in found], axis=1) for name in whole}

    def _far(self, dimension: Dimension) -> Hidden:
        """Of which keys it is hidden how many got the credential."""
        code = self._crowd.code(Dimension.STATUS, "certified")
        if code < 0 or dimension is Dimension.STATUS:
            return self._known.others(dimension)
        return self._known.others(dimension, Dimension.STATUS)[:, code]

    def _settled(
        self,
        line: int,
        tables: Mapping[str, Numbers],
        rows: Mapping[str, tuple[Hidden, Hidden]],
        belongs: Mapping[str, Numbers] | None = None,
    ) -> dict[str, Hidden]:
        gone = {name: whole | far if line == _CERTIFIED else whole for name, (whole, far) in rows.items()}
        days = self.all[line]
        masks = {name: gone[name][:, None] | days[None, :] for name in tables}
        margins = Margins(rows=None if line == _ACTIVE else gone, columns=days)
        return settled(tables, masks, belongs or {}, self._least, margins)

    @property
    def _acts(self) -> tuple[tuple[Numbers | None, Numbers], ...]:
        """Of each line: who, where that is not everybody once, and on which day."""
        crowd = self._crowd
        return (None, crowd.registered_on), (None, crowd.certified_on), (crowd.active_who, crowd.active_on)

    def _counted(self, line: int, codes: Numbers, keys: int) -> Numbers:
        who, days = self._acts[line]
        wide = self.span.stop - self.span.start
        groups = codes if who is None else codes[who]
        there = days != NO_DAY
        cell = groups[there].astype(np.int64) * wide + (days[there].astype(np.int64) - self.span.start)
        return np.bincount(cell, minlength=keys * wide).reshape(keys, wide)
