"""Invented runs of courses: their areas, dates and blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

AREAS = (
    ("Computer Science", 0.42),
    ("Data Science", 0.2),
    ("Physical Science and Engineering", 0.12),
    ("Health", 0.1),
    ("Social Sciences", 0.09),
    ("Arts and Humanities", 0.07),
)
_TITLES = {
    "Computer Science": ("Programs and Proofs", "How Computers Think", "Algorithms by Hand", "Networks at Work"),
    "Data Science": ("Data and Doubt", "Chance in Practice", "Seeing with Charts"),
    "Physical Science and Engineering": ("Light and Matter", "Bridges and Beams", "Circuits"),
    "Health": ("The Living Heart", "Epidemics and People", "Nutrition Counts"),
    "Social Sciences": ("Cities and Trade", "Votes and Voices", "How Markets Fail"),
    "Arts and Humanities": ("Poems in Translation", "The Ancient Stage", "Reading Pictures"),
}
ORGANISATIONS = ("NorthX", "SouthX")
WEEKS = (4, 6, 8, 10)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a course: `key` as events name it; `chapter` counts from 0."""

    key: str
    kind: str
    chapter: int
    title: str
    parent: str
    duration: float = 0.0  # seconds, of a MOOC video
    difficulty: float = 0.0  # of a problem, on the scale of abilities


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a course."""

    course_id: str
    org: str
    number: str
    name: str
    title: str
    area: str
    start: datetime
    weeks: int
    previous: str | None
    registrants: int
    blocks: tuple[Block, ...]

    @property
    def end(self) -> datetime:
        """When its last week ends."""
        return self.start + timedelta(weeks=self.weeks)

    def of_kind(self, kind: str) -> tuple[Block, ...]:
        """Its blocks of one kind, in the order of reading."""
        return tuple(block for block in self.blocks if block.kind == kind)


def runs(count: int, registrations: int, rng: Generator) -> tuple[Run, ...]:
    """So many runs, of very different sizes; a course runs up to three times, a quarter smaller each time."""
    sizes = 1000 * rng.lognormal(0, 0.9, count)
    made: list[Run] = []
    while len(made) < count:
        made += _course(len(made), sizes, rng)
    scale = registrations / sum(run.registrants for run in made[:count])
    scaled = [replace(run, registrants=max(1, round(run.registrants * scale))) for run in made[:count]]
    return tuple(sorted(scaled, key=lambda run: (run.start, run.course_id)))


def _course(begun: int, sizes: NDArray[np.float64], rng: Generator) -> Iterator[Run]:
    """The runs of the next course, as many as there is room for."""
    area = rng.choice([name for name, _ in AREAS], p=[share for _, share in AREAS])
    org = ORGANISATIONS[int(rng.integers(len(ORGANISATIONS)))]
    number = f"{''.join(word[0] for word in area.split())[:3]}{100 + begun}"
    titles = _TITLES[area]
    title = f"{titles[begun % len(titles)]}{'' if begun < len(titles) else f', part {begun // len(titles) + 1}'}"
    weeks = int(rng.choice(WEEKS))
    start = datetime(2012, 9, 3, 12, tzinfo=UTC) + timedelta(weeks=int(rng.integers(0, 180)))
    difficulties = rng.normal(-0.4, 0.8, 400)
    previous: str | None = None
    size = float(sizes[begun])
    # The first course has two runs, so that the smallest log shows what a second run and another course are like.
    turns = int(rng.integers(1, 4)) if begun else 2
    for turn in range(min(turns, len(sizes) - begun)):
        begins = start + timedelta(weeks=26 * turn)
        name = f"{begins.year}_T{1 + begins.month // 5}_{turn + 1}"
        course_id = f"course-v1:{org}+{number}+{name}"
        yield Run(
            course_id=course_id,
            org=org,
            number=number,
            name=name,
            title=title,
            area=area,
            start=begins,
            weeks=weeks,
            previous=previous,
            registrants=max(1, round(size)),
            blocks=tuple(_blocks(course_id.removeprefix("course-v1:"), weeks, difficulties)),
        )
        previous, size = course_id, size * 0.75


def _blocks(key: str, weeks: int, difficulties: NDArray[np.float64]) -> Iterator[Block]:
    course = f"block-v1:{key}+type@course+block@course"
    number = 0
    for week in range(weeks):
        chapter = f"block-v1:{key}+type@chapter+block@week{week + 1}"
        yield Block(key=chapter, kind="chapter", chapter=week, title=f"Week {week + 1}", parent=course)
        for lesson in range(2):
            where = f"w{week + 1}l{lesson + 1}"
            sequential = f"block-v1:{key}+type@sequential+block@{where}"
            yield Block(key=sequential, kind="sequential", chapter=week, title=f"Lesson {lesson + 1}", parent=chapter)
            for kind, count in (("html", 1), ("video", 2), ("problem", 2)):
                for one in range(count):
                    number += 1
                    yield Block(
                        key=f"block-v1:{key}+type@{kind}+block@{where}{kind[0]}{one + 1}",
                        kind=kind,
                        chapter=week,
                        title=f"{kind.capitalize()} {lesson + 1}.{one + 1}",
                        parent=sequential,
                        duration=180.0 + 60.0 * (number % 7) if kind == "video" else 0.0,
                        difficulty=float(difficulties[number % len(difficulties)]),
                    )
