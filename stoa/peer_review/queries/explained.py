"""How a score came about, as it is kept beside the score."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import NotRequired, TypedDict, cast

from stoa.peer_review.rules.scoring.explanation import Explanation, OneMore, Part


class _PartRow(TypedDict):
    rater: str
    points: float
    usual: float
    share: float
    moves: float


class _NextRow(TypedDict):
    points: float
    score: float
    low: float
    high: float


class _Row(TypedDict):
    submission: str
    reviews: list[_PartRow]
    staff: float | None
    staff_moves: float
    leniency: float
    drawn: float
    next: list[_NextRow]
    score: NotRequired[float | None]


def to_keep(explanation: Explanation) -> Mapping[str, object]:
    """The explanation as JSON."""
    return asdict(explanation)


def explanation_in(kept: Mapping[str, object] | None) -> Explanation | None:
    """The explanation that was kept; None where there is none."""
    if not kept:
        return None
    row = cast("_Row", kept)
    return Explanation(
        submission=row["submission"],
        reviews=tuple(Part(**part) for part in row["reviews"]),
        staff=row["staff"],
        staff_moves=row["staff_moves"],
        leniency=row["leniency"],
        drawn=row["drawn"],
        next=tuple(OneMore(**one) for one in row["next"]),
        score=row.get("score"),
    )
