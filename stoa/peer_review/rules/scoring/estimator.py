"""Scores of an assignment's submissions from its reviews: the whole estimator, one call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from stoa.peer_review.rules.scoring.components import Components, components
from stoa.peer_review.rules.scoring.doubts import Doubts, doubts
from stoa.peer_review.rules.scoring.marks import Anchors, Floats, Marks, anchors_of, known_of, marks_of
from stoa.peer_review.rules.scoring.messages import Beliefs, corrected, settle
from stoa.peer_review.rules.scoring.official import Official, Peers, at_places, official, peers, widening
from stoa.peer_review.rules.scoring.posterior import Messages, Normal, Posterior, posterior
from stoa.peer_review.rules.scoring.values import Anchor, Assumptions, Model, Outcome, Review, Reviewer, Score

ASSUMED = Assumptions()
# Scores are kept to a hundredth of a point: below that, only the order of sums would show.
_DIGITS = 2


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Everything the estimator found, as arrays: per submission (U,), per mark (E,), per rater (V,)."""

    marks: Marks
    parts: Components
    beliefs: Beliefs
    messages: Messages
    prior: Normal
    staff: Normal
    likeliest: Posterior
    peers: Peers
    doubts: Doubts
    official: Official
    model: Model

    @property
    def outcome(self) -> Outcome:
        """The same in plain values."""
        return Outcome(scores=_scores(self), reviewers=_reviewers(self), model=self.model)


def score(
    reviews: Iterable[Review],
    anchors: Iterable[Anchor] = (),
    *,
    known: Mapping[str, Reviewer] | None = None,
    assumed: Assumptions = ASSUMED,
) -> Outcome:
    """Score submissions from reviews, staff's anchors, and what earlier assignments told of the reviewers."""
    return estimate(marks_of(reviews), anchors, known=known, assumed=assumed).outcome


def estimate(
    marks: Marks,
    anchors: Iterable[Anchor] = (),
    *,
    known: Mapping[str, Reviewer] | None = None,
    assumed: Assumptions = ASSUMED,
) -> Estimate:
    """Run the estimator: O(reviews), deterministic, and the same whatever the order and the names."""
    parts = components(marks, assumed)
    anchored = anchors_of(anchors, marks, assumed)
    before = known_of(
        known or {}, marks, bias_variance=parts.bias, noise_variance=parts.noise, shape=assumed.noise_shape
    )
    beliefs = settle(marks, parts, anchored, before, assumed)
    messages = _messages(marks, beliefs)
    everywhere = np.ones(len(marks.submissions))
    prior = Normal(mean=(parts.mean - beliefs.leniency) * everywhere, precision=everywhere / parts.truth)
    staff = Normal(mean=anchored.mean, precision=anchored.precision)
    likeliest, said = posterior(messages, prior, staff), peers(messages, staff, prior.mean)
    allowed = doubts(
        marks,
        parts,
        beliefs.others,
        leniency_variance=beliefs.leniency_variance,
        anchored=len(anchored.teaching) >= assumed.anchors_needed,
    )
    factor = _widening(messages, prior, anchored, allowed.own, assumed)
    return Estimate(
        marks=marks,
        parts=parts,
        beliefs=beliefs,
        messages=messages,
        prior=prior,
        staff=staff,
        likeliest=likeliest,
        peers=said,
        doubts=allowed,
        official=official(likeliest, said, widening=factor, doubts=allowed),
        model=_model(parts, beliefs, anchored, factor),
    )


def _messages(marks: Marks, beliefs: Beliefs) -> Messages:
    return Messages(
        submission=marks.submission,
        centre=corrected(marks, beliefs),
        scale=beliefs.bias_variance + beliefs.noise,
        freedom=2.0 * (beliefs.reviewers.shape[marks.rater] - 0.5 * marks.weight),
        weight=marks.weight,
    )


def _widening(messages: Messages, prior: Normal, anchors: Anchors, doubt: float, assumed: Assumptions) -> float:
    """The factor from what the anchors' scores would be without staff's points."""
    at = anchors.teaching
    if len(at) < assumed.anchors_needed:
        return assumed.widening
    told = at_places(messages, at, len(prior.mean))
    before = Normal(mean=prior.mean[at], precision=prior.precision[at])
    silent = Normal(mean=np.zeros(len(at)), precision=np.zeros(len(at)))
    likeliest, said = posterior(told, before, silent), peers(told, silent, before.mean)
    return widening(anchors, (likeliest.mean + said.points) / 2.0, likeliest.variance + doubt, assumed)


def _model(parts: Components, beliefs: Beliefs, anchors: Anchors, factor: float) -> Model:
    return Model(
        mean=parts.mean - beliefs.leniency,
        truth_sd=parts.truth**0.5,
        bias_sd=parts.bias**0.5,
        noise_sd=parts.noise**0.5,
        evidence=parts.evidence,
        leniency=beliefs.leniency,
        leniency_sd=beliefs.leniency_variance**0.5,
        anchors=int(np.count_nonzero(anchors.precision)),
        widening=factor,
    )


def _scores(found: Estimate) -> tuple[Score, ...]:
    columns = (
        _plain(found.official.score),
        _plain(found.official.low),
        _plain(found.official.high),
        found.marks.reviews.tolist(),
        _plain(found.likeliest.mean),
        _plain(found.peers.points),
        found.likeliest.variance.tolist(),
    )
    return tuple(
        Score(
            submission=name,
            score=points,
            low=low,
            high=high,
            reviews=count,
            likeliest=mean,
            peers=said,
            variance=spread,
        )
        for name, points, low, high, count, mean, said, spread in zip(found.marks.submissions, *columns, strict=True)
    )


def _reviewers(found: Estimate) -> dict[str, Reviewer]:
    told = found.beliefs.reviewers
    columns = (told.bias, told.bias_variance, told.shape, told.rate, found.marks.per_rater(found.marks.weight))
    return {
        name: Reviewer(bias=bias, bias_variance=variance, shape=shape, rate=rate, reviews=count)
        for name, bias, variance, shape, rate, count in zip(
            found.marks.raters, *(column.tolist() for column in columns), strict=True
        )
    }


def _plain(values: Floats) -> list[float]:
    # Adding zero makes -0.0 a plain 0.0.
    return [float(value) for value in (np.round(values, _DIGITS) + 0.0)]
