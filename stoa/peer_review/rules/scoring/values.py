"""What goes into scoring and what comes out. All points are of 100."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

FULL = 100.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """One reviewer's points for one submission. Weight (0 to 1): how far behaviour shows care."""

    submission: str
    rater: str
    points: float
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Staff's points for a submission. Those not picked at random (appeals) say nothing about how lenient all are."""

    submission: str
    points: float
    at_random: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewer:
    """What is known of a reviewer: points marked too high, and noise whose precision is Gamma(shape, rate)."""

    bias: float
    bias_variance: float
    shape: float
    rate: float
    reviews: float = 0

    @property
    def noise_variance(self) -> float:
        """Points squared by which the marks scatter around truth and bias."""
        return self.rate / self.shape


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumptions:
    """What is believed before there are reviews. Deviations in points; how each was chosen: docs/decisions."""

    truth_sd: float = 14.0
    bias_sd: float = 8.0
    noise_sd: float = 12.0
    noise_shape: float = 4.0
    leniency_sd: float = 8.0
    # The most that an interval allows for a leniency that all reviewers share, where anchors don't tell.
    unknown_leniency_sd: float = 5.0
    anchor_sd: float = 4.0
    anchors_needed: int = 5
    # Reviews beyond the first that weigh as much as these assumptions.
    reviews_to_believe: float = 150.0
    widening: float = 1.15
    widening_anchors: float = 10.0
    sweeps: int = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """What the reviews as a whole say. Evidence: how far the deviations come from them rather than from assumptions."""

    mean: float
    truth_sd: float
    bias_sd: float
    noise_sd: float
    evidence: float
    leniency: float
    leniency_sd: float
    anchors: int
    widening: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """A submission's official score with its 90 % interval, the two estimates it lies between, and the variance."""

    submission: str
    score: float
    low: float
    high: float
    reviews: int
    likeliest: float
    peers: float
    variance: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Scores in the order of the submissions' names, and what was learnt of the reviewers on the way."""

    scores: tuple[Score, ...]
    reviewers: Mapping[str, Reviewer] = field(default_factory=lambda: MappingProxyType({}))
    model: Model
