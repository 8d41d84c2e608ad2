"""Empirical Bayes: how much of what the marks scatter is truth, how much reviewers' leniency, how much noise."""

from dataclasses import dataclass

import numpy as np

from stoa.peer_review.rules.scoring.marks import Floats, Marks
from stoa.peer_review.rules.scoring.values import FULL, Assumptions

# Assumed numbers of marks by which the scatter of all marks, and of pairs the leniency's share, are believed.
_MARKS_TO_BELIEVE, _PAIRS_TO_BELIEVE = 50.0, 300.0
# One point squared: nobody marks finer than that.
_FINEST = 1.0
_LEAST_TRUTH = 0.1
_BIAS_SHARE = (0.05, 0.8)
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Components:
    """Mean of all marks in points, variances in points squared, and the weight of the evidence (0 to 1)."""

    mean: float
    truth: float
    bias: float
    noise: float
    evidence: float


def components(marks: Marks, assumed: Assumptions) -> Components:
    """Moments of the marks, drawn towards the assumptions where there are few of them."""
    weights = float(np.sum(marks.weight))
    if weights <= 0:
        return Components(
            mean=FULL / 2, truth=assumed.truth_sd**2, bias=assumed.bias_sd**2, noise=assumed.noise_sd**2, evidence=0.0
        )
    mean = float(np.average(marks.points, weights=marks.weight))
    total = float(np.average((marks.points - mean) ** 2, weights=marks.weight))
    groups = _groups(marks)
    evidence = groups.beyond_first / (groups.beyond_first + assumed.reviews_to_believe)
    assumed_within = assumed.bias_sd**2 + assumed.noise_sd**2
    assumed_all = assumed_within + assumed.truth_sd**2
    believed = weights / (weights + _MARKS_TO_BELIEVE)
    scatter = max(believed * total + (1.0 - believed) * assumed_all, 2.0 * _FINEST)
    # Marks that scatter little are quiet in every part; those that scatter much differ in truth, not in noise.
    quiet = assumed_within * min(1.0, scatter / assumed_all)
    disagreement = _between(max(groups.within, _FINEST), quiet, evidence)
    share = _bias_share(marks, groups, assumed.bias_sd**2 / assumed_within)
    return Components(
        mean=mean,
        truth=_between(max(total - groups.within, _LEAST_TRUTH * scatter, _FINEST), scatter - quiet, evidence),
        bias=share * disagreement,
        noise=(1.0 - share) * disagreement,
        evidence=evidence,
    )


@dataclass(frozen=True, kw_only=True)
class _Groups:
    """Per mark (E,): off the submission's mean, and the weight of all its marks. Reviews beyond the first; variance."""

    off: Floats
    weight: Floats
    beyond_first: float
    within: float


def _groups(marks: Marks) -> _Groups:
    """The submissions' marks around their means."""
    weight = marks.per_submission(marks.weight)
    safe = np.where(weight > 0, weight, 1.0)
    mean = marks.per_submission(marks.weight * marks.points) / safe
    off = marks.points - mean[marks.submission]
    beyond_first = float(np.sum(weight - marks.per_submission(marks.weight**2) / safe))
    within = float(np.sum(marks.weight * off**2)) / beyond_first if beyond_first > _TINY else 0.0
    return _Groups(off=off, weight=weight[marks.submission], beyond_first=max(beyond_first, 0.0), within=within)


def _bias_share(marks: Marks, groups: _Groups, assumed_share: float) -> float:
    """How much of the disagreement is one reviewer's leniency: what two of his reviews have in common."""
    others = groups.weight - marks.weight
    # Each mark against the submission's other marks, where there are others.
    several = np.where(others > _TINY, marks.weight, 0.0)
    apart = several * groups.off * groups.weight / np.maximum(others, _TINY)
    pairs = float(np.sum(marks.per_rater(several) ** 2 - marks.per_rater(several**2)))
    if pairs <= _TINY or groups.within <= 0:
        return assumed_share
    weight = pairs / (pairs + _PAIRS_TO_BELIEVE)
    measured = float(np.sum(marks.per_rater(apart) ** 2 - marks.per_rater(apart**2))) / pairs / groups.within
    return float(np.clip(weight * measured + (1.0 - weight) * assumed_share, *_BIAS_SHARE))


def _between(measured: float, assumed: float, weight: float) -> float:
    """Variances are averaged as ratios, so that small ones count as much as large ones."""
    return float(np.exp(weight * np.log(measured) + (1.0 - weight) * np.log(assumed)))
