"""The board of one course: where it stands, and the runs that it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stoa.insights.rules.answers import Overview
from stoa.insights.rules.dimensions import Choice, Dimension

#: What is the same for all runs of a course, or chosen by their codes.
SAME_WITHIN = (Dimension.COURSE, Dimension.ORGANISATION, Dimension.AREA, Dimension.RUN)


class TooFew(Exception):
    """So few people are in the runs of this course that nothing is shown of it."""


@dataclass(frozen=True, kw_only=True)
class Within:
    """A course with a board of its own."""

    title: str
    url: str
    """The course page."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Its runs: code → the key by which the event log names it, the latest first."""

    @property
    def home(self) -> str:
        """Where the board stands."""
        return f"{self.url}insights/"

    def shown(self, everything: Overview) -> list[str]:
        """The codes of the runs that enough people are in for this view."""
        shown = {one.key for one in everything.slices.get(Dimension.COURSE, ()) if one.counts}
        return [code for code, key in self.keys.items() if key in shown]

    def choice(self, codes: Sequence[str]) -> Choice:
        """These of the runs; all of them where none is named. Raises TooFew where there are none."""
        keys = [self.keys[code] for code in codes] or [*self.keys.values()]
        if not keys:
            raise TooFew
        return Choice(keys={Dimension.COURSE: tuple(sorted(keys))})
