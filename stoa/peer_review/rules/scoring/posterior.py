"""Where a submission's truth lies: a posterior on a grid, in which a mark far from the others loses its say."""

from dataclasses import dataclass

import numpy as np

from stoa.peer_review.rules.scoring.marks import Floats, Ints, totals
from stoa.peer_review.rules.scoring.values import FULL

# 41 places: at most 2.5 points apart, and finer where the marks agree.
_PLACES = 41
_REACH = 4.0
# Marks worked on at once; 8 bytes times 41 places each.
_BATCH = 16_384


@dataclass(frozen=True, kw_only=True)
class Messages:
    """What M marks say, sorted by submission (M,): where, squared scale, degrees of freedom of Student's t, weight."""

    submission: Ints
    centre: Floats
    scale: Floats
    freedom: Floats
    weight: Floats


@dataclass(frozen=True, kw_only=True)
class Normal:
    """A normal belief about each of U submissions (U,): mean in points, precision; precision 0 says nothing."""

    mean: Floats
    precision: Floats


@dataclass(frozen=True, kw_only=True)
class Posterior:
    """Per submission (U,): the mean within 0 to 100, and the variance of the belief without these bounds."""

    mean: Floats
    variance: Floats


def posterior(messages: Messages, prior: Normal, staff: Normal) -> Posterior:
    """Multiply what the marks, the prior and staff say about each submission. O(marks)."""
    grid = _grid(messages, prior, staff)
    log = -0.5 * prior.precision[:, None] * (grid - prior.mean[:, None]) ** 2
    log -= 0.5 * staff.precision[:, None] * (grid - staff.mean[:, None]) ** 2
    for start in range(0, len(messages.centre), _BATCH):
        _add(log, grid, messages, slice(start, start + _BATCH))
    log -= log.max(axis=1, keepdims=True)
    weight = np.exp(log)
    weight /= weight.sum(axis=1, keepdims=True)
    mean = np.sum(weight * grid, axis=1)
    return Posterior(
        mean=np.sum(weight * np.clip(grid, 0.0, FULL), axis=1),
        variance=np.sum(weight * (grid - mean[:, None]) ** 2, axis=1),
    )


def _grid(messages: Messages, prior: Normal, staff: Normal) -> Floats:
    """Places (U, 41) that reach over all that is said about a submission."""
    count = len(prior.mean)
    precision = messages.weight / messages.scale
    total = totals(messages.submission, precision, count) + prior.precision + staff.precision
    told = totals(messages.submission, precision * messages.centre, count)
    mean = (told + prior.precision * prior.mean + staff.precision * staff.mean) / total
    reach = _REACH / np.sqrt(total)
    low, high = np.minimum(mean - reach, prior.mean), np.maximum(mean + reach, prior.mean)
    np.minimum.at(low, messages.submission, messages.centre)
    np.maximum.at(high, messages.submission, messages.centre)
    return low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, _PLACES)


def _add(log: Floats, grid: Floats, messages: Messages, batch: slice) -> None:
    """Add the log likelihoods of a batch of marks to their submissions' rows."""
    at, freedom = messages.submission[batch], messages.freedom[batch]
    spread = grid[at]
    spread -= messages.centre[batch, None]
    np.square(spread, out=spread)
    spread /= (freedom * messages.scale[batch])[:, None]
    np.log1p(spread, out=spread)
    spread *= (-0.5 * (freedom + 1.0) * messages.weight[batch])[:, None]
    starts = np.flatnonzero(np.diff(at, prepend=-1))
    log[at[starts]] += np.add.reduceat(spread, starts, axis=0)
