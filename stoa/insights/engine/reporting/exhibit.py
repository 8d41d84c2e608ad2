"""What a report is made of: questions, each with its number, denominator, method, figure and table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from stoa.insights.rules.charts.figures import NO_BREAK, figure
from stoa.insights.rules.charts.specification import Chart, Kind, Method, Row, Words
from stoa.insights.rules.rates import Rate, Whole
from stoa.insights.rules.suppression import hidden, telling

LEAST: Final = 10
"""No number about fewer people is published."""
HIDDEN: Final = f"fewer than {LEAST}"
WITHHELD: Final = "withheld"
"""Stands for a number that would give away one about fewer than LEAST people."""
NOT_TOLD: Final = "not told"
OTHERS: Final = "all others"
NOT_SAID: Final = "not said"
SOURCE: Final = "person_course"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table under a figure."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One question: its answer in words, the number, of whom, how it is counted, the figure and the tables."""

    anchor: str
    question: str
    answer: str
    number: str
    denominator: str
    method: str
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A headline figure."""

    name: str
    number: str
    definition: str


def per_cent(part: int, whole: int) -> str:
    """12 %; only `share` and what names its denominator itself may use it."""
    rate = Rate(part=part, whole=whole, of=Whole.SAID).per_cent
    return "–" if rate is None else f"{figure(rate)}{NO_BREAK}%"  # noqa: RUF001 -- a dash for nothing


def share(part: int, whole: int, who: str) -> str:
    """12 % of 1,823 registrants, or why it is not said."""
    if not whole:
        return f"no {who}"
    if whole < LEAST or 0 < part < LEAST:
        return HIDDEN
    if 0 < whole - part < LEAST:
        return WITHHELD
    return f"{per_cent(part, whole)} of {figure(whole)} {who}"


def guarded_share(part: int, whole: int, who: str, *, hide: bool) -> str:
    """The share, or that it is withheld for another's sake."""
    said = share(part, whole, who)
    return WITHHELD if hide and "%" in said else said


def counted(number: int) -> str:
    """1,823, or that so few are not told."""
    return HIDDEN if 0 < number < LEAST else figure(number)


def median_share(value: float, who: str, courses: int) -> str:
    """12.3 % of registrants (median of 5 courses)."""
    return f"{figure(round(100 * value, 1))}{NO_BREAK}% of {who} (median of {courses_of(courses)})"


def courses_of(number: int) -> str:
    """5 courses."""
    return f"{figure(number)} course{'' if number == 1 else 's'}"


def guarded(parts: Sequence[int], wholes: Sequence[int] | None = None) -> list[bool]:
    """Which parts of a line are not told, so that none under LEAST (of a whole, if given) can be worked out."""
    if not parts:
        return []
    counts = np.array([parts], dtype=np.int64)
    small = telling(counts, np.array([wholes], dtype=np.int64), LEAST) if wholes else None
    return [bool(one) for one in hidden(counts, LEAST, already=small)[0]]


def folded(counts: Mapping[str, int], *, most: int = 20) -> dict[str, int]:
    """The same counts with the small and the many put together, so that no group is under LEAST or can be subtracted.

    Order is kept; what is put together stands last, before `not said`.
    """
    known = {name: count for name, count in counts.items() if count and name != NOT_SAID}
    by_size = sorted(known, key=lambda name: (-known[name], name))
    apart = {name for place, name in enumerate(by_size) if place >= most or known[name] < LEAST}
    while apart and sum(known[name] for name in apart) < LEAST and len(apart) < len(known):
        apart.add(next(name for name in reversed(by_size) if name not in apart))
    shown = {name: count for name, count in known.items() if name not in apart}
    if apart:
        shown[OTHERS] = sum(known[name] for name in apart)
    return shown


def bars(title: str, counts: Mapping[str, int], *, who: str, of: int | None, method: str) -> Chart:
    """Groups as bars; with `of`, each as a share of that many, who are called so."""
    rows = (
        Row(
            key=name,
            label=name,
            value=None if 0 < count < LEAST else count,
            of=of,
            mark="unknown" if name == NOT_SAID else "",
        )
        for name, count in counts.items()
    )
    note = f"Shares are of {figure(of)} {who}." if of else ""
    return chart(Kind.BARS, title, rows, who=who, n=of, method=method, note=note)


def chart(
    kind: Kind, title: str, rows: Iterable[Row], *, who: str, n: int | None, method: str, note: str = ""
) -> Chart:
    """A chart with its words."""
    name = "-".join("".join(sign if sign.isalnum() else " " for sign in title.lower()).split())
    return Chart(
        kind=kind,
        name=name,
        title=title,
        caption="",
        denominator=who,
        n=n,
        rows=tuple(rows),
        method=Method(definition=method, unit="", denominator=who, source=SOURCE),
        words=Words(hidden=NOT_TOLD, note=note),
    )


def share_grid(caption: str, counts: Mapping[str, int], *, head: str, of: int, who: str) -> Grid:
    """Groups with their numbers and their shares."""
    rows = tuple((name, counted(count), share(count, of, who)) for name, count in counts.items())
    return Grid(caption=caption, head=(head, "number", "share"), rows=rows)


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "none"
