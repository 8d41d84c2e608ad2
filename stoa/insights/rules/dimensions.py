"""By what registrations are told apart, and the choice that a page's address holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNKNOWN = "unknown"


class Dimension(StrEnum):
    """A way to tell registrations apart; the value is its name in addresses and files."""

    COURSE = "course"
    ORGANISATION = "organisation"
    RUN = "run"
    AREA = "area"
    COUNTRY = "country"
    GENDER = "gender"
    AGE = "age"
    EDUCATION = "education"
    STATUS = "status"
    INTENT = "intent"
    TRACK = "track"
    TEACHER = "teacher"


class View(StrEnum):
    """Who looks: the team sees its own courses in full, everybody else no cell under ten people (researchers five)."""

    PUBLIC = "public"
    PRESS = "press"
    RESEARCHER = "researcher"
    TEAM = "team"

    @property
    def smallest_cell(self) -> int:
        """The fewest people that a shown figure is about."""
        return {View.TEAM: 1, View.RESEARCHER: 5}.get(self, 10)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is shown: for each dimension the chosen keys, any of which counts; a dimension that is not named is free."""

    keys: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)

    def of(self, dimension: Dimension) -> tuple[str, ...]:
        """The chosen keys of a dimension."""
        return self.keys.get(dimension, ())

    def without(self, dimension: Dimension) -> "Choice":
        """The same with this dimension free."""
        return Choice(keys={name: keys for name, keys in self.keys.items() if name != dimension})

    def toggled(self, dimension: Dimension, key: str) -> "Choice":
        """The same with this key chosen, or free again where it was chosen: what a click on a bar does."""
        before = self.of(dimension)
        after = tuple(sorted({*before} ^ {key}))
        rest = self.without(dimension).keys
        return Choice(keys={**rest, dimension: after} if after else rest)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """For an address: each chosen key with its dimension, in one order, so that equal choices have one address."""
        return tuple((name.value, key) for name in Dimension for key in sorted(self.of(name)))


def chosen(pairs: Iterable[tuple[str, str]]) -> Choice:
    """The choice that an address holds; names that are no dimension are passed over."""
    known = {name.value: name for name in Dimension}
    keys: dict[Dimension, set[str]] = {}
    for name, key in pairs:
        if name in known and key:
            keys.setdefault(known[name], set()).add(key)
    return Choice(keys={name: tuple(sorted(keys[name])) for name in Dimension if name in keys})
