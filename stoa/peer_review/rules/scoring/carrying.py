"""What one assignment teaches about a reviewer is carried to the next, and slowly forgotten. About marking only."""

from stoa.peer_review.rules.scoring.values import Assumptions, Model, Reviewer

FORGET = 0.8


def carried(reviewer: Reviewer, model: Model, assumed: Assumptions, *, keep: float = FORGET) -> Reviewer:
    """The belief to start the next assignment with: of what was learnt, `keep` (0 to 1) stays.

    A reviewer whom nobody knows yet has the course's bias deviation and noise; what was learnt beyond them fades by
    1 - keep with every assignment, so that people may change.
    """
    unknown = model.bias_sd**-2
    learnt = max(1.0 / reviewer.bias_variance - unknown, 0.0) * keep
    told = reviewer.bias / reviewer.bias_variance * keep
    shape = assumed.noise_shape
    beyond = max(reviewer.shape - shape, 0.0)
    rate = shape * model.noise_sd**2
    return Reviewer(
        bias=told / (unknown + learnt),
        bias_variance=1.0 / (unknown + learnt),
        shape=shape + keep * beyond,
        rate=rate + keep * max(reviewer.rate - rate, 0.0),
        reviews=keep * reviewer.reviews,
    )
