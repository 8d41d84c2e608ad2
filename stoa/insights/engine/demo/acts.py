"""What the registrants of an invented run do, as arrays of events."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from stoa.insights.engine.demo.people import INTENTS, Numbers, People
from stoa.insights.engine.demo.runs import Block, Run
from stoa.insights.engine.kinds import Kind

Floats = NDArray[np.float64]
Yes = NDArray[np.bool_]

WEEK = 7 * 86_400_000_000  # microseconds
REGISTERED, VIEWED, EXPLORED, CERTIFIED = range(4)
#: How far people come, by whether they said they want the credential.
_DEPTHS = {True: (0.3, 0.3, 0.12, 0.28), False: (0.45, 0.42, 0.09, 0.04)}
_VERIFIED = {True: 0.2, False: 0.03}
HURRIED = 0.01  # of the certified do all within minutes


@dataclass(frozen=True, kw_only=True)
class Stay:
    """The registrants of a run: arrays with one entry each; `who` are indices into the population."""

    who: Numbers
    depth: Numbers
    intent: Numbers  # index of INTENTS
    verified: Yes
    hurried: Yes
    registered_at: Numbers  # microseconds since 1970
    chapters: Numbers  # how many they open


@dataclass(frozen=True, kw_only=True)
class Acts:
    """Events in no order; `row` is an index into Stay's arrays, `object` one into the run's blocks."""

    row: Numbers
    t: Numbers  # microseconds since 1970
    kind: Numbers
    object: Numbers
    a: Numbers
    b: Numbers
    flag: Numbers


def stay(run: Run, who: Numbers, rng: Generator) -> Stay:
    """How far each registrant comes, and when each began."""
    count = len(who)
    shares = np.array([share for _, share in INTENTS])
    intent = rng.choice(len(INTENTS), size=count, p=shares)
    wants = intent == 0
    depth = np.where(wants, _depth(count, _DEPTHS[True], rng), _depth(count, _DEPTHS[False], rng))
    half = -(-run.weeks // 2)
    opened = np.select(
        [depth == REGISTERED, depth == VIEWED, depth == EXPLORED],
        [np.zeros(count, int), rng.integers(1, max(2, half), count), rng.integers(half, run.weeks + 1, count)],
        run.weeks,
    )
    start = int(run.start.timestamp() * 1e6)
    return Stay(
        who=who,
        depth=depth,
        intent=intent,
        verified=np.where(wants, rng.random(count) < _VERIFIED[True], rng.random(count) < _VERIFIED[False]),
        hurried=(depth == CERTIFIED) & (rng.random(count) < HURRIED),
        # Most come before the first week, some on later days of the first two thirds.
        registered_at=start
        + (np.minimum(rng.exponential(0.12, count) - 0.15, 0.66) * run.weeks * WEEK).astype(np.int64),
        chapters=opened,
    )


def acts(run: Run, stays: Stay, population: People, rng: Generator) -> Acts:
    """Everything they do in the course: chapter by chapter, with the gaps of people who read, watch and think."""
    units = _units(run, stays, rng)
    atoms = _Atoms(units=units, run=run, ability=population.ability[stays.who][units.row], rng=rng)
    atoms.visit()
    return atoms.timed()


@dataclass(frozen=True, kw_only=True)
class _Units:
    """Each chapter that a registrant opens."""

    row: Numbers
    chapter: Numbers
    begins: Numbers
    pace: Floats
    eager: Floats  # how likely each part of the chapter is done


def _units(run: Run, stays: Stay, rng: Generator) -> _Units:
    row = np.repeat(np.arange(len(stays.who)), stays.chapters)
    chapter = np.arange(len(row)) - np.repeat(np.cumsum(stays.chapters) - stays.chapters, stays.chapters)
    start = int(run.start.timestamp() * 1e6)
    wait = np.minimum(rng.exponential(0.25, len(row)), 3.0)
    calm = np.maximum(start + chapter * WEEK, stays.registered_at[row]) + (wait * WEEK).astype(np.int64)
    hurry = stays.registered_at[row] + chapter * 120_000_000 + 60_000_000
    hurried = stays.hurried[row]
    return _Units(
        row=row,
        chapter=chapter,
        begins=np.where(hurried, hurry, calm),
        pace=np.where(hurried, 0.03, 1.0),
        eager=np.array([0.0, 0.55, 0.75, 0.92])[stays.depth][row],
    )


class _Atoms:
    """Gathers events of units with their place in the order of a visit and the gap before each."""

    def __init__(self, *, units: _Units, run: Run, ability: Floats, rng: Generator) -> None:
        self._units, self._ability, self._rng = units, ability, rng
        self._weeks, self._blocks = run.weeks, run.blocks
        self._parts: list[dict[str, Numbers | Floats]] = []

    def visit(self) -> None:
        """Walk through the chapter: two lessons, each with a text, two MOOC videos and two problems."""
        for lesson in range(2):
            sequential = self._block("sequential", lesson)
            here = self._some(1.0 if lesson == 0 else 0.8)
            self._add(here, lesson, 0.0, Kind.PAGE, sequential, gap=30.0)
            self._add(here[self._chance(len(here), 0.5)], lesson, 0.1, Kind.SEQUENCE_GOTO, sequential, gap=15.0)
            for one in range(2):
                self._watch(here, lesson, one)
                self._solve(here, lesson, one)
        everyone = self._some(1.0)
        self._add(everyone[self._chance(len(everyone), 0.2)], 2, 0.0, Kind.PROGRESS, None, gap=20.0)
        for kind, share in ((Kind.THREAD, 0.01), (Kind.RESPONSE, 0.02), (Kind.COMMENT, 0.015), (Kind.VOTE, 0.01)):
            self._add(everyone[self._chance(len(everyone), share)], 2, 0.1 + kind / 1000, kind, None, gap=90.0)

    def _watch(self, here: Numbers, lesson: int, one: int) -> None:
        eager = here[self._rng.random(len(here)) < self._units.eager[here]]
        video, at = self._block("video", lesson * 2 + one), 1.0 + one
        length = self._durations(video)[eager]
        stops = (length * 1000).astype(np.int64)
        middle = (stops * self._rng.random(len(eager))).astype(np.int64)
        self._add(eager, lesson, at, Kind.LOAD, video, gap=8.0)
        self._add(eager, lesson, at + 0.1, Kind.PLAY, video, gap=4.0)
        self._pause(eager, lesson, at, video, middle)
        whole = self._chance(len(eager), 0.7)
        self._add(eager[whole], lesson, at + 0.5, Kind.STOP, video, a=stops[whole], gaps=length[whole] * 0.6)

    def _pause(self, eager: Numbers, lesson: int, at: float, video: Numbers, middle: Numbers) -> None:
        pausing = self._chance(len(eager), 0.35)
        who, place = eager[pausing], middle[pausing]
        self._add(who, lesson, at + 0.2, Kind.PAUSE, video, a=place, gaps=place / 2000)
        back = np.maximum(place - 10_000, 0)
        seeking = self._chance(len(who), 0.4)
        self._add(who[seeking], lesson, at + 0.3, Kind.SEEK, video, a=place[seeking], b=back[seeking], gap=6.0)
        self._add(who, lesson, at + 0.4, Kind.PLAY, video, a=np.where(seeking, back, place), gap=12.0)

    def _solve(self, here: Numbers, lesson: int, one: int) -> None:
        eager = here[self._rng.random(len(here)) < self._units.eager[here] * 0.9]
        problem, at = self._block("problem", lesson * 2 + one), 3.0 + one
        difficulty = self._difficulties(problem)
        left = eager
        for attempt in range(3):
            right = self._rng.random(len(left)) < 1 / (1 + np.exp(difficulty[left] - self._ability[left] - attempt))
            base = at + attempt / 10
            self._add(left, lesson, base, Kind.CHECK_BROWSER, problem, gap=60.0)
            points = np.where(right, 1000, 0)
            self._add(
                left,
                lesson,
                base + 0.01,
                Kind.CHECK,
                problem,
                a=points,
                b=np.full(len(left), 1000),
                flag=right,
                gap=0.3,
            )
            left = left[~right]
            left = left[self._chance(len(left), 0.7)]
        self._add(left, lesson, at + 0.5, Kind.ANSWER_SHOWN, problem, gap=20.0)

    def timed(self) -> Acts:
        """All events, each after the gap before it."""
        joined = {name: np.concatenate([part[name] for part in self._parts]) for name in self._parts[0]}
        order = np.lexsort((joined["place"], joined["unit"]))
        sorted_ = {name: values[order] for name, values in joined.items()}
        unit = sorted_["unit"].astype(np.int64)
        # Now and then somebody goes away for hours.
        away = self._rng.random(len(unit)) < 0.02  # noqa: PLR2004 -- one event in fifty
        calm = self._units.pace[unit] == 1.0
        gap = sorted_["gap"] * self._units.pace[unit] + np.where(away & calm, self._rng.exponential(9000, len(unit)), 0)
        since = np.cumsum((gap * 1e6).astype(np.int64) + 1)
        first = np.searchsorted(unit, unit, side="left")
        return Acts(
            row=self._units.row[unit],
            t=self._units.begins[unit] + since - since[first],
            kind=sorted_["kind"].astype(np.int64),
            object=sorted_["object"].astype(np.int64),
            a=sorted_["a"].astype(np.int64),
            b=sorted_["b"].astype(np.int64),
            flag=sorted_["flag"].astype(np.int64),
        )

    def _add(
        self,
        units: Numbers,
        lesson: int,
        at: float,
        kind: Kind,
        objects: Numbers | None,
        *,
        gap: float = 0.0,
        gaps: Floats | None = None,
        a: Numbers | None = None,
        b: Numbers | None = None,
        flag: Yes | None = None,
    ) -> None:
        count = len(units)
        nothing = np.zeros(count, np.int64)
        self._parts.append(
            {
                "unit": units,
                "place": np.full(count, lesson * 10 + at),
                "kind": np.full(count, int(kind)),
                "object": np.full(count, -1) if objects is None else objects[units],
                "a": nothing if a is None else a,
                "b": nothing if b is None else b,
                "flag": np.full(count, -1) if flag is None else flag.astype(np.int64),
                "gap": (gap if gaps is None else gaps) * self._rng.lognormal(-0.3, 0.8, count),
            }
        )

    def _some(self, share: float) -> Numbers:
        return np.flatnonzero(self._chance(len(self._units.row), share))

    def _chance(self, count: int, share: float) -> Yes:
        return np.asarray(self._rng.random(count) < share)

    def _block(self, kind: str, place: int) -> Numbers:
        """For each unit, the index of its chapter's block of this kind and place."""
        each = [
            [index for index, block in enumerate(self._blocks) if block.kind == kind and block.chapter == week][place]
            for week in range(self._weeks)
        ]
        return np.array(each)[self._units.chapter]

    def _durations(self, blocks: Numbers) -> Floats:
        return np.array([block.duration for block in self._blocks])[blocks]

    def _difficulties(self, blocks: Numbers) -> Floats:
        return np.array([block.difficulty for block in self._blocks])[blocks]


def _depth(count: int, shares: tuple[float, ...], rng: Generator) -> Numbers:
    return rng.choice(len(shares), size=count, p=shares)


def names(blocks: tuple[Block, ...]) -> list[str]:
    """The blocks' keys, then "" for an event without an object (index -1)."""
    return [*(block.key for block in blocks), ""]
