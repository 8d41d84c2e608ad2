"""What a review must say before it is taken, and the score that stands in where none could be estimated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from stoa.coursedoc.model import Criterion
from stoa.coursedoc.model.assignments import Need
from stoa.peer_review.rules import rubrics
from stoa.peer_review.rules.comments.checking import Around, Remark, remarks
from stoa.peer_review.rules.comments.checking import Lack as WordsLack
from stoa.peer_review.rules.rubrics import FULL, Marks

MEETS = 60.0
"""Points of 100 from which work meets what was asked."""
# How far apart scores, leniency and noise lie before any data tell: docs/decisions, peer scores.
_SCORE_SD, _LENIENCY_SD, _NOISE_SD, _WIDENING, _NINETY = 14.0, 8.0, 12.0, 1.15, 1.645


class Lack(StrEnum):
    """What a review lacks."""

    LEVEL = "level"
    COMMENT = "comment"
    WORDS = "words"
    REPEATED = "repeated"


_LACKS = {
    WordsLack.EMPTY: Lack.COMMENT,
    WordsLack.SHORT: Lack.WORDS,
    WordsLack.NO_WORDS: Lack.WORDS,
    WordsLack.REPEATED: Lack.REPEATED,
    WordsLack.COPIED: Lack.REPEATED,
}


@dataclass(frozen=True, kw_only=True)
class ReviewFault:
    """Something to mend before the review is taken; the criterion is empty for the overall comment."""

    criterion: str
    lack: Lack
    remark: Remark | None = None
    """What is wrong with the words, where words are."""


@dataclass(frozen=True, kw_only=True)
class PlainScore:
    """A mean and how far the truth may lie from it."""

    points: float
    low: float
    high: float
    variance: float


def faults(marks: Marks, criteria: Sequence[Criterion], *, before: frozenset[str] = frozenset()) -> list[ReviewFault]:
    """What the review lacks. `before`: comments that its reviewer wrote in other reviews, tidied."""
    missing = {criterion.id for criterion in rubrics.not_chosen(criteria, marks.levels)}
    found = [ReviewFault(criterion=one.id, lack=Lack.LEVEL) for one in criteria if one.id in missing]
    return found + list(_wordless(marks, criteria, before))


def tidied(comment: str) -> str:
    """A comment without what a copy may differ by: capitals and spaces."""
    return " ".join(comment.casefold().split())


def plain_score(points: Sequence[float], weights: Sequence[float]) -> PlainScore:
    """The weighted mean of at least one review, with the interval that the assumptions of scoring allow."""
    total = sum(weights)
    mean = sum(p * w for p, w in zip(points, weights, strict=True)) / total if total else sum(points) / len(points)
    variance = 1 / (1 / _SCORE_SD**2 + len(points) / (_LENIENCY_SD**2 + _NOISE_SD**2))
    half = _NINETY * _WIDENING * sqrt(variance)
    return PlainScore(points=mean, low=max(0.0, mean - half), high=min(FULL, mean + half), variance=variance)


def _wordless(marks: Marks, criteria: Sequence[Criterion], before: frozenset[str]) -> Iterator[ReviewFault]:
    """Comments that are missing, say too little, or were said before."""
    said: list[str] = []
    for criterion in criteria:
        comment = tidied(marks.comments.get(criterion.id, ""))
        around = Around(rubric=_own_words(criterion), earlier=(*before, *said))
        for remark in remarks(comment, required=criterion.comment is Need.REQUIRED, around=around):
            if remark.refuses:
                yield ReviewFault(criterion=criterion.id, lack=_LACKS[remark.lack], remark=remark)
        if comment:
            said.append(comment)


def _own_words(criterion: Criterion) -> tuple[str, ...]:
    return tuple(text for text in (criterion.prompt, *(level.explanation for level in criterion.levels)) if text)
