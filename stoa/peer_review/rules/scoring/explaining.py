"""Takes a score apart: without each review, without staff, with one review more."""

from bisect import bisect_left
from dataclasses import dataclass, replace

import numpy as np

from stoa.peer_review.rules.scoring.estimator import Estimate
from stoa.peer_review.rules.scoring.explanation import Explanation, OneMore, Part
from stoa.peer_review.rules.scoring.marks import Floats, Ints
from stoa.peer_review.rules.scoring.official import Official, official, peers
from stoa.peer_review.rules.scoring.posterior import Messages, Normal, posterior
from stoa.peer_review.rules.scoring.values import FULL

# What one more review could say, as points of 100.
MORE = (0.0, 25.0, 50.0, 75.0, 100.0)


def explain(found: Estimate, submission: str) -> Explanation:
    """Take one submission's score apart: without each review, without staff, with one more.

    Reviewers' bias and noise stay as the whole assignment tells them: only this submission's own reviews change.

    Raises:
        KeyError: There is no review of it.
    """
    # The names are sorted.
    place = bisect_left(found.marks.submissions, submission)
    if found.marks.submissions[place : place + 1] != (submission,):
        raise KeyError(submission)
    case = _case(found, place)
    now = float(found.official.score[place])
    without = _each_without(found, case)
    staff_precision = float(found.staff.precision[place])
    return Explanation(
        submission=submission,
        reviews=tuple(
            Part(
                rater=found.marks.raters[found.marks.rater[edge]],
                points=float(found.marks.points[edge]),
                usual=float(found.beliefs.bias[edge]),
                share=float(found.peers.share[edge]),
                moves=now - float(changed),
            )
            for edge, changed in zip(case.edges, without, strict=True)
        ),
        staff=float(found.staff.mean[place]) if staff_precision > 0 else None,
        staff_moves=now - _unread(found, case),
        leniency=found.model.leniency,
        drawn=now - float(found.peers.points[place]),
        next=_next(found, case),
        score=now,
    )


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One submission: the places of its marks, what they say, the prior, staff."""

    edges: Ints
    messages: Messages
    prior: Normal
    staff: Normal


def _case(found: Estimate, place: int) -> _Case:
    at = np.array([place], dtype=np.intp)
    first, last = np.searchsorted(found.marks.submission, [place, place + 1]).tolist()
    return _Case(
        edges=np.arange(first, last),
        messages=Messages(
            submission=np.zeros(last - first, dtype=np.intp),
            centre=found.messages.centre[first:last],
            scale=found.messages.scale[first:last],
            freedom=found.messages.freedom[first:last],
            weight=found.messages.weight[first:last],
        ),
        prior=Normal(mean=found.prior.mean[at], precision=found.prior.precision[at]),
        staff=Normal(mean=found.staff.mean[at], precision=found.staff.precision[at]),
    )


def _each_without(found: Estimate, case: _Case) -> Floats:
    """The score without each of its K reviews: (K,)."""
    count = len(case.edges)
    # One copy of the submission per review, in which that review has no weight.
    weight = np.tile(case.messages.weight, count)
    weight[np.arange(count) * (count + 1)] = 0.0
    return _scored(found, replace(_repeated(case.messages, count), weight=weight), case, count).score


def _unread(found: Estimate, case: _Case) -> float:
    silent = replace(case, staff=replace(case.staff, precision=np.zeros(1)))
    return float(_scored(found, case.messages, silent, 1).score[0])


def _next(found: Estimate, case: _Case) -> tuple[OneMore, ...]:
    copies, count = len(MORE), len(case.edges)
    repeated = _repeated(case.messages, copies)
    everyone = np.ones(copies)
    ends = np.arange(1, copies + 1) * count
    more = Messages(
        submission=np.insert(repeated.submission, ends, np.arange(copies)),
        centre=np.insert(repeated.centre, ends, np.array(MORE) - found.model.leniency),
        scale=np.insert(repeated.scale, ends, (found.parts.bias + found.parts.noise) * everyone),
        freedom=np.insert(repeated.freedom, ends, _usual_freedom(found) * everyone),
        weight=np.insert(repeated.weight, ends, everyone),
    )
    told = _scored(found, more, case, copies)
    return tuple(
        OneMore(points=points, score=score, low=low, high=high)
        for points, score, low, high in zip(
            MORE, told.score.tolist(), told.low.tolist(), told.high.tolist(), strict=True
        )
    )


def _usual_freedom(found: Estimate) -> float:
    """Degrees of freedom of a reviewer of whom nothing is known: the least anyone has."""
    return float(np.min(found.messages.freedom))


def _repeated(messages: Messages, copies: int) -> Messages:
    return Messages(
        submission=np.repeat(np.arange(copies), len(messages.centre)),
        centre=np.tile(messages.centre, copies),
        scale=np.tile(messages.scale, copies),
        freedom=np.tile(messages.freedom, copies),
        weight=np.tile(messages.weight, copies),
    )


def _scored(found: Estimate, messages: Messages, case: _Case, copies: int) -> Official:
    prior = Normal(mean=np.repeat(case.prior.mean, copies), precision=np.repeat(case.prior.precision, copies))
    staff = Normal(mean=np.repeat(case.staff.mean, copies), precision=np.repeat(case.staff.precision, copies))
    likeliest, said = posterior(messages, prior, staff), peers(messages, staff, np.clip(prior.mean, 0.0, FULL))
    return official(likeliest, said, widening=found.model.widening, doubts=found.doubts)
