"""How likely each review was done with care, given its signs and the reviewer's other reviews."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from stoa.peer_review.rules.effort.signs import Evidence, Sign, behaviour, disagreement
from stoa.peer_review.rules.effort.traces import Habits, Trace

# Beta(8, 1): eight of nine reviews are done with care, before anything is known of a reviewer.
CARE, HASTE = 8.0, 1.0
NO_CREDIT = 0.9
"""From this probability of haste on a review earns no credit, and its reviewer may do it again."""
_LEAST_WEIGHT = 0.05
_SWEEPS = 10
_TELLING = -0.5
_SAMPLED = 0.05


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One review.

    Attributes:
        review: Its id.
        hasty: The probability that it was done without care, 0 to 1.
        weight: What the estimator multiplies its precision by; 1 where no behaviour was traced.
        reasons: Signs against it, the strongest first; empty where it earns credit.
    """

    review: str
    hasty: float
    weight: float
    reasons: tuple[Sign, ...] = ()

    @property
    def earns_credit(self) -> bool:
        """False where the reviewer is told why and offered to do it again. Nothing is void: only staff may do that."""
        return self.hasty <= NO_CREDIT


def judge(traces: Sequence[Trace], habits: Habits) -> dict[str, Judgement]:
    """Judge reviews together: what a reviewer's other reviews show is the starting point for each."""
    evidence = {trace.review: _evidence(trace, habits) for trace in traces}
    ratios = {review: sum(one.ratio for one in found) for review, found in evidence.items()}
    hasty = _settled(traces, ratios)
    return {
        trace.review: Judgement(
            review=trace.review,
            hasty=hasty[trace.review] if evidence[trace.review] else HASTE / (CARE + HASTE),
            weight=max(1.0 - hasty[trace.review], _LEAST_WEIGHT) if evidence[trace.review] else 1.0,
            reasons=_reasons(evidence[trace.review]) if hasty[trace.review] > NO_CREDIT else (),
        )
        for trace in traces
    }


def is_sampled(review: str) -> bool:
    """Whether staff looks at this refused credit: one in twenty, always the same ones."""
    digest = hashlib.blake2b(review.encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64 < _SAMPLED


def _evidence(trace: Trace, habits: Habits) -> tuple[Evidence, ...]:
    found = behaviour(trace, habits)
    # Points that differ are no sign by themselves: they count only where behaviour points the same way.
    if trace.surprise is None or sum(one.ratio for one in found) >= 0:
        return found
    return (*found, disagreement(trace.surprise))


def _settled(traces: Sequence[Trace], ratios: Mapping[str, float]) -> dict[str, float]:
    """Probabilities of haste: each review starts from the reviewer's others (leave-one-out)."""
    by_rater: dict[str, list[str]] = defaultdict(list)
    for trace in traces:
        by_rater[trace.rater].append(trace.review)
    hasty = dict.fromkeys(ratios, HASTE / (CARE + HASTE))
    for reviews in by_rater.values():
        for _ in range(_SWEEPS):
            total = sum(hasty[review] for review in reviews)
            hasty |= {review: _posterior(ratios[review], total - hasty[review], len(reviews) - 1) for review in reviews}
    return hasty


def _posterior(ratio: float, hasty_others: float, others: int) -> float:
    odds = log(CARE + others - hasty_others) - log(HASTE + hasty_others) + ratio
    return 1.0 / (1.0 + exp(odds))


def _reasons(evidence: Sequence[Evidence]) -> tuple[Sign, ...]:
    against = sorted((one for one in evidence if one.ratio < _TELLING), key=lambda one: (one.ratio, one.sign))
    return tuple(one.sign for one in against if one.sign is not Sign.SURPRISE)
