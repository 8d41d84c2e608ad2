"""The two-parameter logistic model of item response theory, by marginal maximum likelihood (Bock and Aitkin, 1981).

A learner of ability θ gets a problem right with probability 1 / (1 + exp(-a (θ - b))); abilities are standard normal.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Abilities that stand for all, and how much of a standard normal each stands for.
NODES: Final = np.linspace(-5, 5, 41)
_WEIGHTS: Final = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
STEEPEST: Final = 6.0
FLATTEST: Final = 0.02
MOST_ROUNDS: Final = 500
SETTLED: Final = 1e-4
_LEAST_PROBLEMS: Final = 3
#: Products of matrices up to this size are made by one thread: several wait for one another on a busy machine, and add
#: up in another order on another one.
_AT_ONCE: Final = 250_000
_STEPS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Slopes and locations of problems, NaN where one cannot tell; whether they settled, after how many rounds."""

    slope: Floats
    location: Floats
    converged: bool
    rounds: int


def fit(right: NDArray[np.bool_], tried: NDArray[np.bool_]) -> Fit:
    """Fit the model to first answers, learners by problems; what was not tried says nothing."""
    tried_right, tried_wrong = (right & tried).astype(np.float64), (~right & tried).astype(np.float64)
    tells = np.flatnonzero((tried_right.sum(axis=0) > 0) & (tried_wrong.sum(axis=0) > 0))
    slope, location = np.full(right.shape[1], np.nan), np.full(right.shape[1], np.nan)
    if len(tells) < _LEAST_PROBLEMS:
        return Fit(slope=slope, location=location, converged=False, rounds=0)
    a, d, rounds = _settle(tried_right[:, tells], tried_wrong[:, tells])
    inner = np.abs(a) >= FLATTEST
    slope[tells] = a
    location[tells[inner]] = -d[inner] / a[inner]
    return Fit(slope=slope, location=location, converged=rounds < MOST_ROUNDS, rounds=rounds)


def _settle(right: Floats, wrong: Floats) -> tuple[Floats, Floats, int]:
    """Slope a and intercept d of each problem: logit = a θ + d."""
    share = right.sum(axis=0) / (right + wrong).sum(axis=0)
    both = np.stack([np.ones_like(share), np.log(share / (1 - share))])
    for done in range(1, MOST_ROUNDS + 1):
        before, both = both, _maximise(both, *_expect(both, right, wrong))
        if np.abs(both - before).max() < SETTLED:
            return both[0], both[1], done
    return both[0], both[1], MOST_ROUNDS


def _expect(both: Floats, right: Floats, wrong: Floats) -> tuple[Floats, Floats]:
    """Problem by node: how many learners of that ability got it right, and how many tried, as we now believe."""
    logit = np.outer(NODES, both[0]) + both[1]
    if_right, if_wrong = -np.logaddexp(0, -logit).T, -np.logaddexp(0, logit).T
    got, missed = np.zeros_like(if_right), np.zeros_like(if_right)
    size = max(1, _AT_ONCE // if_right.size)
    for first in range(0, len(right), size):
        some_right, some_wrong = right[first : first + size], wrong[first : first + size]
        likely = some_right @ if_right + some_wrong @ if_wrong
        believed = np.exp(likely - likely.max(axis=1, keepdims=True)) * _WEIGHTS
        believed /= believed.sum(axis=1, keepdims=True)
        got += some_right.T @ believed
        missed += some_wrong.T @ believed
    return got, got + missed


def _maximise(both: Floats, got: Floats, of: Floats) -> Floats:
    """Each problem's logistic regression on the nodes, by Newton's method."""
    a, d = both
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(np.outer(a, NODES) + d[:, None])))
        miss, weight = got - of * p, of * p * (1 - p)
        # A touch of ridge keeps problems that nearly all get right from running away within a step.
        aa, ad, dd = (weight * NODES**2).sum(axis=1) + 1e-9, (weight * NODES).sum(axis=1), weight.sum(axis=1) + 1e-9
        by_a, by_d = (miss * NODES).sum(axis=1), miss.sum(axis=1)
        full = np.maximum(aa * dd - ad * ad, 1e-12)
        a = np.clip(a + np.clip((dd * by_a - ad * by_d) / full, -1, 1), -STEEPEST, STEEPEST)
        d = d + np.clip((aa * by_d - ad * by_a) / full, -1, 1)
    return np.stack([a, d])
