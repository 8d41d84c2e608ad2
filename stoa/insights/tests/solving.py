"""An attacker who knows every number that the public is shown of a small world, and solves all equations at once.

What is told apart is made of atoms: the ways in which a registration of this world can be (a course, a country, …, how
far it came). Each shown number is a sum over atoms. A sum of atoms is found where it is a combination of shown ones.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, combinations, product
from random import Random

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.overview import overview
from stoa.insights.rules.answers import Counts, Overview
from stoa.insights.rules.dimensions import Choice, Dimension, View
from stoa.insights.tests.tables import Value

Atom = Mapping[str, Value]
Sum = NDArray[np.bool_]
LEAST = 10
_ALMOST = 1e-7
_DAY = 86_400_000_000
#: By what pages tell registrations apart: the column that tells it, and the key that it gives.
TOLD: Mapping[Dimension, tuple[str, Callable[[Value], str]]] = {
    Dimension.COURSE: ("course_id", str),
    Dimension.ORGANISATION: ("org", str),
    Dimension.RUN: ("run", str),
    Dimension.AREA: ("area", str),
    Dimension.COUNTRY: ("country", lambda value: str(value or "unknown")),
    Dimension.GENDER: ("gender", lambda value: str(value or "unknown")),
    Dimension.STATUS: ("status", str),
    Dimension.TRACK: ("verified", lambda value: "verified" if value else "audit"),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "registered": (),
    "participants": ("viewed",),
    "explored": ("explored",),
    "certified": ("certified",),
    "verified": ("verified",),
    "verified_certified": ("verified", "certified"),
}
#: What a registration consists of; each group of columns is an axis of its own.
COURSES = ("course_id", "org", "run", "area")
HOW_FAR = (COURSES, ("country",), ("gender",), ("viewed", "explored", "certified", "status", "verified"))
WHEN = (COURSES, ("country",), ("start_time",))


@dataclass(frozen=True)
class World:
    """A crowd with all its atoms, as far as these columns go."""

    rows: Sequence[Atom]
    data: Data
    columns: tuple[tuple[str, ...], ...] = HOW_FAR

    @cached_property
    def told(self) -> list[Dimension]:
        """By what the atoms are told apart."""
        return [name for name, (column, _) in TOLD.items() if column in chain(*self.columns)]

    @cached_property
    def atoms(self) -> list[Atom]:
        """Every combination of ways that there are on each axis, whether anybody is in it or not."""
        axes = [sorted({tuple(row[name] for name in axis) for row in self.rows}, key=str) for axis in self.columns]
        return [dict(zip(chain(*self.columns), chain(*ways), strict=True)) for ways in product(*axes)]

    @cached_property
    def people(self) -> NDArray[np.int64]:
        """How many registrations each atom has."""
        place = {tuple(atom.values()): number for number, atom in enumerate(self.atoms)}
        here = [place[tuple(row[name] for name in chain(*self.columns))] for row in self.rows]
        return np.bincount(here, minlength=len(place))

    @cached_property
    def keys(self) -> dict[tuple[Dimension, str], Sum]:
        """The atoms of each key."""
        found: dict[tuple[Dimension, str], Sum] = {}
        for name in self.told:
            column, key_of = TOLD[name]
            keys = np.array([key_of(atom[column]) for atom in self.atoms])
            found |= {(name, key): keys == key for key in self.data.crowd.keys[name]}
        return found

    @cached_property
    def fields(self) -> dict[str, Sum]:
        """The atoms of each count."""
        return {
            name: np.array([all(atom[column] for column in columns) for atom in self.atoms])
            for name, columns in FIELDS.items()
            if {*columns} <= {*chain(*self.columns)}
        }

    @cached_property
    def days(self) -> dict[date, Sum]:
        """The atoms of each day on which somebody registered."""
        days = np.array([int(atom.get("start_time") or 0) // _DAY for atom in self.atoms])
        return {date(1970, 1, 1) + timedelta(days=int(day)): days == day for day in np.unique(days)}

    def chosen(self, choice: Choice) -> Sum:
        """The atoms of a choice."""
        found = np.ones(len(self.atoms), bool)
        for name in choice.keys:
            found &= np.any([self.keys[name, key] for key in choice.of(name)], axis=0)
        return found


def singles(world: World) -> Iterator[Choice]:
    """Nothing, one key, one key of each of two dimensions: all that anybody may ask for, one key at a time."""
    yield Choice()
    for size in (1, 2):
        for names in combinations(world.told, size):
            for keys in product(*(world.data.crowd.keys[name] for name in names)):
                yield Choice(keys={name: (key,) for name, key in zip(names, keys, strict=True)})


def several(world: World, dice: Random, number: int) -> Iterator[Choice]:
    """So many choices of several keys; half of them of courses, as the boards of courses ask."""
    for turn in range(number):
        first = Dimension.COURSE if turn % 2 else dice.choice(world.told)
        names = {first, *dice.sample(world.told, dice.randrange(2))}
        keys = {name: world.data.crowd.keys[name] for name in names}
        yield Choice(keys={name: tuple(sorted(dice.sample(of, dice.randint(1, len(of))))) for name, of in keys.items()})


def boards(world: World) -> Iterator[Choice]:
    """The boards of courses: all runs of each, with any filter beside."""
    courses = world.data.crowd.keys[Dimension.COURSE]
    for title in {key.rpartition("+")[0] for key in courses}:
        held = {Dimension.COURSE: tuple(key for key in courses if key.startswith(title))}
        yield Choice(keys=held)
        for name, key in world.keys:
            if name not in held:
                yield Choice(keys={**held, name: (key,)})


def shown(world: World, choices: Iterable[Choice]) -> Iterator[tuple[Sum, int]]:
    """Every number that these pages show, also that nobody is in what is not there, as a sum of atoms."""
    for choice in choices:
        page = overview(world.data, choice, View.PUBLIC)
        if page.shown:
            yield from _counts(world, world.chosen(choice), page.shown)
        for name in world.told:
            yield from _bars(world, page, name)
        for one in page.days:
            if one.registered is not None and one.day in world.days and len(world.days) > 1:
                yield world.chosen(choice) & world.days[one.day], one.registered


def _bars(world: World, page: Overview, name: Dimension) -> Iterator[tuple[Sum, int]]:
    there = {one.key: one.counts for one in page.slices.get(name, ())}
    if not there and not (page.shown or name in page.choice.keys):
        return
    under = world.chosen(page.choice.without(name))
    for key in world.data.crowd.keys[name]:
        counts = there.get(key, Counts())
        if counts:
            yield from _counts(world, under & world.keys[name, key], counts)


def _counts(world: World, atoms: Sum, counts: Counts) -> Iterator[tuple[Sum, int]]:
    for field, value in asdict(counts).items():
        if value is not None and field in world.fields:
            yield atoms & world.fields[field], value


def found(world: World, told: Iterable[tuple[Sum, int]]) -> list[tuple[str, int]]:
    """The groups of one to nine people whose number follows from what is shown: their names, and how many they are."""
    known = {atoms.tobytes(): (atoms, value) for atoms, value in told}
    for atoms, value in known.values():
        assert int(world.people[atoms].sum()) == value
    # Where nobody is, nobody is in any part.
    empty = np.any(
        [atoms for atoms, value in known.values() if value == 0] or [np.zeros(len(world.atoms), bool)], axis=0
    )
    lines = np.array([atoms[~empty] for atoms, value in known.values() if value], np.float64)
    basis = _basis(lines)
    few: dict[bytes, tuple[str, int, Sum]] = {}
    for name, atoms in _groups(world):
        people = int(world.people[atoms].sum())
        if 0 < people < LEAST:
            few.setdefault(atoms.tobytes(), (name, people, atoms[~empty]))
    wanted = np.array([atoms for _, _, atoms in few.values()], np.float64)
    left = wanted - (wanted @ basis.T) @ basis
    told_on = abs(left).max(axis=1) < _ALMOST
    return [(name, people) for (name, people, _), tells in zip(few.values(), told_on, strict=True) if tells]


def _basis(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(lines.T @ lines)
    return np.asarray(vectors[:, values > _ALMOST].T)


def _groups(world: World) -> Iterator[tuple[str, Sum]]:
    """Groups that anybody might want to know of: keys crossed with counts, and with what counts leave.

    Not who is counted as far by a flag and not by the status, or the other way round: that is left (decision 0013).
    """
    whole = ("", np.ones(len(world.atoms), bool))
    flags = [*world.fields.items()]
    keys = [(key, world.keys[name, key]) for name, key in world.keys if name in {Dimension.STATUS, Dimension.TRACK}]
    days = [(str(day), atoms) for day, atoms in world.days.items()]
    far = [*flags, *keys, *days]
    pairs = [(x, y) for x in flags for y in flags] + [(whole, y) for y in (*keys, *days)]
    rest = [(f"{a} without {b}", x & ~y) for (a, x), (b, y) in pairs if (y <= x).all()]
    ones = [[(key, world.keys[name, key]) for name, key in world.keys if name in axis] for axis in _WHO]
    singles = [[whole, *found] for found in ones]
    for parts in product(*singles, [*far, *rest]):
        yield " ".join(name for name, _ in parts), np.all([atoms for _, atoms in parts], axis=0)


_WHO = (
    {Dimension.COURSE, Dimension.ORGANISATION, Dimension.RUN, Dimension.AREA},
    {Dimension.COUNTRY},
    {Dimension.GENDER},
)
