"""Small invented worlds: a few courses with their runs, organisations and areas, and people of all sorts in them."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.solving import COURSES, World
from stoa.insights.tests.tables import Value, a_warehouse_with

SIZES = (3, 8, 14, 30, 60, 120, 300)


def a_world(folder: Path, seed: int, sizes: Mapping[str, int] | None = None) -> World:
    """A world of its own for each seed, or of these courses; in one of three flags and status do not always agree."""
    dice = Random(seed)  # noqa: S311 -- invented people, no secret
    courses = _courses(dice) if sizes is None else {_course(key): number for key, number in sizes.items()}
    rows: list[dict[str, Value]] = [
        {**dict(zip(COURSES, course, strict=True)), **_person(dice, odd=seed % 3 == 0)}
        for course, number in courses.items()
        for _ in range(number)
    ]
    a_warehouse_with(folder, [{**row, "username": f"p{number}"} for number, row in enumerate(rows)])
    return World(rows, Opened(Warehouse(folder)).data())


def _courses(dice: Random) -> dict[tuple[str, ...], int]:
    """Runs of two to four courses, small and large."""
    titles = [f"course-v1:{dice.choice('AB')}+{name}" for name in "PQRS"[: dice.randrange(2, 5)]]
    runs = {title: dice.sample(["1", "2", "3"], dice.choice([1, 2, 2, 3])) for title in titles}
    return {
        _course(f"{title}+{run}", dice.choice(["art", "law"])): dice.choice(SIZES)
        for title, codes in runs.items()
        for run in codes
    }


def _course(key: str, area: str = "art") -> tuple[str, ...]:
    organisation, _, run = key.partition(":")[2].split("+")
    return key, organisation, run, area


def _person(dice: Random, *, odd: bool) -> dict[str, Value]:
    certified = dice.random() < 0.15
    explored = dice.random() < 0.25 or (certified and not odd)
    viewed = dice.random() < 0.7 or explored or certified
    status = "certified" if certified else "explored" if explored else "viewed" if viewed else "registered"
    return {
        "country": dice.choices(["KE", "IN", "FJ", None], [50, 35, 6, 9])[0],
        "gender": dice.choices(["f", "m", None], [45, 45, 10])[0],
        "viewed": viewed,
        "explored": explored,
        "certified": certified,
        "verified": dice.random() < 0.12,
        "status": status,
        "start_time": (16_000 + dice.randrange(6)) * 86_400_000_000,
    }
