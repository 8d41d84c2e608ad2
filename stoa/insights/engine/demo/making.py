"""Makes a log of any size and the truth to check against."""

import csv
import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import zstandard
from numpy.random import Generator, default_rng

from stoa.insights.engine.demo import facts
from stoa.insights.engine.demo.acts import CERTIFIED, EXPLORED, VIEWED, Acts, Stay, acts, stay
from stoa.insights.engine.demo.exits import NOT_SAID, REASONS, Exits, exits, said
from stoa.insights.engine.demo.lines import lines_of, username
from stoa.insights.engine.demo.people import (
    COUNTRIES,
    EDUCATION,
    GENDERS,
    INTENTS,
    People,
    people,
    registrants,
)
from stoa.insights.engine.demo.runs import AREAS, Run, runs
from stoa.insights.engine.kinds import Kind

_PER_RUN = 60_000  # events
_PEOPLE_A_REGISTRATION = 0.62
_TWICE, _BROKEN, _UNKNOWN = 0.001, 0.0002, 0.0005
_COLUMNS = (
    "course_id",
    "username",
    "viewed",
    "explored",
    "certified",
    "verified",
    "intent",
    "country",
    "gender",
    "education",
    "year_of_birth",
    "exit_reason",
    "satisfied",
    "nevents",
    "nplay_video",
    "nproblem_check",
    "nchapters",
)


@dataclass(frozen=True, kw_only=True)
class Made:
    """How far the making has come."""

    run: str
    events: int


def make(folder: Path, *, events: int, seed: int, tell: Callable[[Made], None]) -> "Truth":
    """Write `logs/*.log.zst`, `truth.json` and `truth.csv` (one row a registration) into the folder; give the truth.

    The same size and seed give the same bytes. `events` is met within a few per cent; the truth says the number.
    """
    rng = default_rng(seed)
    count = int(np.clip(events // _PER_RUN, 3, 290))
    planned = _sized(runs(count, count * 1000, rng), events, default_rng(seed))
    registrations = sum(run.registrants for run in planned)
    population = people(max(20, int(registrations * _PEOPLE_A_REGISTRATION)), rng)
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    truth = Truth(folder)
    with truth:
        for run in planned:
            _write(run, population, truth, rng, folder)
            tell(Made(run=run.course_id, events=truth.totals["events"]))
    return truth


def _write(run: Run, population: People, truth: "Truth", rng: Generator, folder: Path) -> None:
    area = [name for name, _ in AREAS].index(run.area)
    stays = stay(run, registrants(population, area, run.registrants, rng), rng)
    done = _sorted(acts(run, stays, population, rng))
    # Dice of its own, so that whatever is said leaves all that is done as it was.
    told = exits(stays, done, rng.spawn(1)[0])
    statements = [
        facts.described(run),
        *facts.of_registrants(run, stays, population, truth.profiled(len(population))),
        *facts.certificates(run, stays, done),
        *said(run, stays, told),
    ]
    lines = heapq.merge(sorted(statements), lines_of(run, done, stays.who))
    path = folder / "logs" / f"{run.start:%Y-%m-%d}-{run.org}-{run.number}-{run.name}.log.zst"
    with path.open("wb") as file, zstandard.ZstdCompressor(level=3).stream_writer(file) as out:
        for line in _with_dirt(lines, truth.totals, rng):
            out.write(line.encode())
    truth.tell(run, stays, done, told, population)


def _sorted(done: Acts) -> Acts:
    order = np.argsort(done.t, kind="stable")
    return Acts(**{name: getattr(done, name)[order] for name in Acts.__dataclass_fields__})


def _with_dirt(lines: Iterator[tuple[int, str]], totals: Counter[str], rng: Generator) -> Iterator[str]:
    """Now and then a line comes twice, is cut off, or is of a kind that nobody knows."""
    draws: list[float] = []
    for _, line in lines:
        draws = draws or rng.random(10_000).tolist()
        draw = draws.pop()
        totals["events"] += 1
        yield line
        if draw < _TWICE:
            totals["twice"] += 1
            yield line
        elif draw < _TWICE + _BROKEN:
            totals["broken"] += 1
            yield line[: len(line) // 2] + "\n"
        elif draw < _TWICE + _BROKEN + _UNKNOWN:
            totals["events"] += 1
            totals["unknown"] += 1
            yield _unheard(line)


def _unheard(line: str) -> str:
    """An event of a kind that nobody knows, by nobody."""
    told = json.loads(line)
    told["event_type"] = f"org.example.unheard.{told['event_type'].strip('/')[:20]}"
    told["username"], told["context"]["user_id"] = "", None
    return json.dumps(told) + "\n"


class Truth:
    """Counts what was made, from the arrays that it was made of, never from its lines."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._table = (folder / "truth.csv").open("w", newline="")
        self._rows = csv.writer(self._table)
        self._rows.writerow(_COLUMNS)
        self._by: dict[str, Counter[str]] = {name: Counter() for name in ("country", "gender", "education", "area")}
        self._runs: dict[str, dict[str, int]] = {}
        self._profiled: np.ndarray | None = None
        self.totals: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._table.close()
        (self._folder / "truth.json").write_text(json.dumps(self.told(), indent=1, sort_keys=True) + "\n")

    def profiled(self, count: int) -> np.ndarray:
        """Of whom the profile has been told: one flag a person."""
        if self._profiled is None:
            self._profiled = np.zeros(count, bool)
        return self._profiled

    def told(self) -> Mapping[str, object]:
        """Everything counted."""
        return {"totals": dict(self.totals), "runs": self._runs, "by": {name: dict(c) for name, c in self._by.items()}}

    def tell(self, run: Run, stays: Stay, done: Acts, told: Exits, population: People) -> None:
        """Count a run."""
        count = len(stays.who)
        chapter_of = np.array([block.chapter for block in run.blocks])
        figures: dict[str, np.ndarray] = {
            "nevents": np.bincount(done.row, minlength=count),
            "nplay_video": np.bincount(done.row[done.kind == Kind.PLAY], minlength=count),
            "nproblem_check": np.bincount(done.row[done.kind == Kind.CHECK], minlength=count),
            "nchapters": facts.opened_chapters(done, chapter_of, count),
        }
        figures["explored"] = figures["nchapters"] >= -(-run.weeks // 2)
        self._count(run, stays, figures["explored"], population)
        self.totals["asked"] += int((told.asked_at > 0).sum())
        self._write(run, stays, told, population, figures)

    def _count(self, run: Run, stays: Stay, explored: np.ndarray, population: People) -> None:
        told = {
            "registered": len(stays.who),
            "participants": int((stays.depth >= VIEWED).sum()),
            "explored": int(explored.sum()),
            "certified": int((stays.depth == CERTIFIED).sum()),
            "verified": int(stays.verified.sum()),
            "intenders": int((stays.intent == 0).sum()),
            "fast": int(stays.hurried.sum()),
            "meant_to_explore": int((stays.depth >= EXPLORED).sum()),
        }
        self._runs[run.course_id] = told
        self.totals.update(told)
        self._by["area"][run.area] += told["registered"]
        for name, choices, of in (
            ("country", COUNTRIES, population.country),
            ("gender", GENDERS, population.gender),
            ("education", EDUCATION, population.education),
        ):
            counted = np.bincount(of[stays.who], minlength=len(choices))
            self._by[name].update({choice: int(n) for (choice, _), n in zip(choices, counted, strict=True)})

    def _write(self, run: Run, stays: Stay, told: Exits, population: People, figures: Mapping[str, np.ndarray]) -> None:
        for row, user in enumerate(stays.who.tolist()):
            born = int(population.year_of_birth[user])
            self._rows.writerow(
                (
                    run.course_id,
                    username(user),
                    int(stays.depth[row] >= VIEWED),
                    int(figures["explored"][row]),
                    int(stays.depth[row] == CERTIFIED),
                    int(stays.verified[row]),
                    INTENTS[stays.intent[row]][0],
                    COUNTRIES[population.country[user]][0],
                    GENDERS[population.gender[user]][0],
                    EDUCATION[population.education[user]][0],
                    born or "",
                    "" if told.reason[row] == NOT_SAID else REASONS[told.reason[row]][0],
                    "" if told.satisfied[row] == NOT_SAID else ("no", "yes")[told.satisfied[row]],
                    *(int(figures[name][row]) for name in _COLUMNS[-4:]),
                )
            )


def _sized(planned: Sequence[Run], events: int, rng: Generator) -> Sequence[Run]:
    """The same runs, with as many registrants as make so many events: each run is tried on some first."""
    tried = max(_TRIED // len(planned), 200)
    population = people(tried, rng)
    each = [len(acts(run, stay(run, np.arange(tried), rng), population, rng).t) / tried for run in planned]
    whole = sum(run.registrants * (made + _STATEMENTS) for run, made in zip(planned, each, strict=True))
    return [replace(run, registrants=max(20, round(run.registrants * events / whole))) for run in planned]


_TRIED = 20_000
_STATEMENTS = 5
"""Lines a registration that are no acts: enrolment, answers, parts of a profile."""
