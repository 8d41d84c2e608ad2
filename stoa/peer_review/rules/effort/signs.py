"""Signs of care and of haste, each as a log likelihood ratio: above 0 speaks for care, below for haste.

The densities are assumptions about people, set wide so that no single sign convicts; bench/peer_scoring.py shows what
they tell apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, pi, sqrt

from stoa.peer_review.rules.effort.traces import Habits, Surprise, Trace
from stoa.peer_review.rules.likeness import contained, most_alike, quotes, words
from stoa.peer_review.rules.scoring.values import FULL

_STRONGEST_AGAINST, _STRONGEST_FOR = -4.0, 1.5
# Natural logarithms of the ratio to the course's middle: mean and deviation with care, and in haste.
_TIME = ((0.0, 0.7), (-2.0, 0.9))
_LENGTH_SPREAD = 0.9
_HASTY_WORDS = 5.0
_CRITERIA = 3
_ALIKE, _RATHER_ALIKE, _COPIED = 0.6, 0.3, 0.85
_FULL_MARKS = 0.99


class Sign(StrEnum):
    """What a sign is about; the names are keys of the words that a reviewer reads."""

    TIME = "time"
    STRAIGHT = "straight"
    LENGTH = "length"
    REUSED = "reused"
    TEMPLATE = "template"
    EVIDENCE = "evidence"
    SURPRISE = "surprise"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One sign and how much it says, in natural logarithms of odds."""

    sign: Sign
    ratio: float


def behaviour(trace: Trace, habits: Habits) -> tuple[Evidence, ...]:
    """What the traces say without looking at the points' agreement; empty where nothing was traced."""
    return tuple(
        Evidence(sign=sign, ratio=min(max(ratio, _STRONGEST_AGAINST), _STRONGEST_FOR))
        for sign, ratio in (*_of_time(trace, habits), *_of_levels(trace), *_of_words(trace, habits))
    )


def disagreement(surprise: Surprise) -> Evidence:
    """What the points say: near what is expected, or as a guess would be (in the middle of all marks, or anywhere)."""
    with_care = _density(surprise.points, surprise.expected, sqrt(surprise.variance))
    guessed = 0.7 * _density(surprise.points, surprise.all_mean, sqrt(surprise.all_variance)) + 0.3 / FULL
    ratio = log(max(with_care, 1e-9)) - log(guessed)
    return Evidence(sign=Sign.SURPRISE, ratio=min(max(ratio, -3.0), _STRONGEST_FOR))


def _of_time(trace: Trace, habits: Habits) -> Iterator[tuple[Sign, float]]:
    if trace.seconds is not None:
        ratio = log(max(trace.seconds, 1.0) / habits.seconds)
        # More time than usual is no haste, and no proof of care either: a page may stand open.
        yield Sign.TIME, _ratio(min(ratio, 0.0), *_TIME)


def _of_levels(trace: Trace) -> Iterator[tuple[Sign, float]]:
    if len(trace.levels) < _CRITERIA:
        return
    straight = max(trace.levels) - min(trace.levels) < 0.01  # noqa: PLR2004 -- a hundredth of a level is the same level
    if straight and min(trace.levels) >= _FULL_MARKS:
        # Good work gets full marks throughout: hardly a sign.
        yield Sign.STRAIGHT, log(0.3 / 0.5)
    elif straight:
        yield Sign.STRAIGHT, log(0.12 / 0.6)
    else:
        yield Sign.STRAIGHT, log(0.7 / 0.4)


def _of_words(trace: Trace, habits: Habits) -> Iterator[tuple[Sign, float]]:
    if not trace.comments:
        return
    text = trace.text
    length = max(len(words(text)), 1)
    usual = max(habits.words, 2.0 * _HASTY_WORDS)
    yield (
        Sign.LENGTH,
        _ratio(log(min(length, usual)), (log(usual), _LENGTH_SPREAD), (log(_HASTY_WORDS), _LENGTH_SPREAD)),
    )
    if trace.earlier:
        alike = most_alike(text, trace.earlier)
        yield Sign.REUSED, -2.5 if alike >= _ALIKE else -0.8 if alike >= _RATHER_ALIKE else 0.3
    if any(contained(text, rubric) >= _COPIED for rubric in trace.rubric):
        yield Sign.TEMPLATE, -2.0
    if trace.work:
        # A figure names a place (line 12) only inside a sentence.
        named = quotes(text, trace.work) or (length > 2 * _HASTY_WORDS and any(letter.isdigit() for letter in text))
        yield Sign.EVIDENCE, log(0.5 / 0.1) if named else log(0.5 / 0.9)


def _ratio(value: float, care: tuple[float, float], haste: tuple[float, float]) -> float:
    return log(max(_density(value, *care), 1e-9)) - log(max(_density(value, *haste), 1e-9))


def _density(value: float, mean: float, deviation: float) -> float:
    return exp(-0.5 * ((value - mean) / deviation) ** 2) / (deviation * sqrt(2 * pi))
