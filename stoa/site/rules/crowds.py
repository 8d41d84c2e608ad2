"""What plausible learners do: when they enrol, how far they come, on which evenings. Chance comes in from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from random import Random


class Kind(Enum):
    """Kinds of learners, with the share of the course that they do, from and to."""

    LOOKED_IN = (0.0, 0.0)
    SAMPLED = (0.02, 0.2)
    FOLLOWED = (0.2, 0.8)
    FINISHED = (1.0, 1.0)


SHARES = {Kind.LOOKED_IN: 24, Kind.SAMPLED: 34, Kind.FOLLOWED: 26, Kind.FINISHED: 16}
LEAVES = 0.06
"""Share of those who did not finish that leave the run."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """The weeks in which a run's learners come."""

    opens: datetime
    starts: datetime
    closes: datetime


@dataclass(frozen=True, kw_only=True)
class Path:
    """What one learner does, and when."""

    enrolled_at: datetime
    done: tuple[tuple[str, datetime], ...]
    last_step: str
    last_at: datetime
    left_at: datetime | None
    skill: float
    """Chance that an answer is right."""


def path_of(chance: Random, *, span: Span, steps: Sequence[str], until: datetime) -> Path:
    """A learner's way through the steps, as far as it has come by `until`."""
    kind = chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
    enrolled = _enrols(chance, span, until)
    wanted = round(chance.uniform(*kind.value) * len(steps))
    begin = max(enrolled, span.starts) + timedelta(minutes=chance.randint(2, 60))
    done = tuple(zip(steps, _evenings(chance, begin, wanted), strict=False))
    done = tuple((step, at) for step, at in done if at < min(until, span.closes))
    last_at = done[-1][1] if done else enrolled
    further = steps[len(done)] if len(done) < len(steps) and kind is not Kind.LOOKED_IN else ""
    leaves = kind is not Kind.FINISHED and chance.random() < LEAVES
    left = last_at + timedelta(days=chance.uniform(0.1, 6))
    return Path(
        enrolled_at=enrolled,
        done=done,
        last_step=further or (done[-1][0] if done else ""),
        last_at=last_at,
        left_at=left if leaves and left < until else None,
        skill=min(0.97, max(0.3, chance.gauss(0.75, 0.15))),
    )


def _enrols(chance: Random, span: Span, until: datetime) -> datetime:
    """Most come in the days around the start, some weeks later."""
    latest = min(until, span.closes)
    days = chance.gauss(0, 4) if chance.random() < 0.6 else chance.uniform(-10, 60)  # noqa: PLR2004 -- six in ten
    wish = span.starts + timedelta(days=days, minutes=chance.randint(0, 1439))
    if span.opens <= wish < latest:
        return wish
    return span.opens + (latest - span.opens) * chance.random()


def _evenings(chance: Random, begin: datetime, wanted: int) -> list[datetime]:
    """The times of so many steps, a few at a sitting, a few days from sitting to sitting."""
    at, times = begin, list[datetime]()
    while len(times) < wanted:
        for _ in range(min(chance.randint(2, 6), wanted - len(times))):
            at += timedelta(minutes=chance.uniform(2, 18))
            times.append(at)
        at += timedelta(days=chance.choice([1, 1, 2, 2, 3, 4, 7]), hours=chance.uniform(-3, 3))
    return times
