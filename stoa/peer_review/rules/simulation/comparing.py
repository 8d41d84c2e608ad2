"""Many seeds of many rules, in pieces that processes share, and how they compare."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stoa.peer_review.rules.simulation.crowd import Crowd
from stoa.peer_review.rules.simulation.figures import Outcome, simulate, together

Figures = Mapping[str, float | int | None]
Key = tuple[float, str]
"""A drop-out and a rule."""
_WORKS_A_PIECE = 3000


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some seeds of one rule at one drop-out."""

    crowd: Crowd
    rule: str
    seeds: range
    staff_cap: int | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A rule's figures at a drop-out."""

    dropout: float
    rule: str
    figures: Figures


def pieces(crowds: Sequence[Crowd], *, rules: Sequence[str], seeds: int, staff_cap: int | None) -> Iterator[Piece]:
    """The work, the slowest first, in pieces of a second or so."""
    for rule in sorted(rules, key=lambda name: name != "ours"):
        for crowd in crowds:
            step = max(1, _WORKS_A_PIECE // max(crowd.authors, 1))
            for first in range(0, seeds, step):
                yield Piece(crowd=crowd, rule=rule, seeds=range(first, min(first + step, seeds)), staff_cap=staff_cap)


def play(piece: Piece) -> tuple[Key, Outcome]:
    """Simulate a piece."""
    outcomes = (simulate(piece.crowd, rule=piece.rule, seed=seed, staff_cap=piece.staff_cap) for seed in piece.seeds)
    return (piece.crowd.dropout, piece.rule), together(outcomes)


class Comparison:
    """What came in so far."""

    def __init__(self) -> None:
        self.outcomes: dict[Key, Outcome] = {}

    def take(self, key: Key, outcome: Outcome) -> None:
        """Add what a piece gave."""
        self.outcomes.setdefault(key, Outcome()).add(outcome)

    def rows(self, dropouts: Sequence[float], rules: Sequence[str]) -> list[Row]:
        """All figures, in the order asked for."""
        return [
            Row(dropout=dropout, rule=rule, figures=self.outcomes[dropout, rule].summary())
            for dropout in dropouts
            for rule in rules
        ]
