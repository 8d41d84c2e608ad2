"""Where learners stop: the step after which the largest share of participants is not seen again."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 20
"""With fewer participants than that a loss is chance, and no step is named."""
WORTH_NAMING = 0.05
"""Share of the participants."""


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A step that many did not go beyond."""

    place: int
    share: float
    """Of all participants, 0 to 1."""


def worst(reached: Sequence[int], *, participants: int) -> Loss | None:
    """The step that loses the most; None where there are too few people, or no loss worth a word.

    `reached` counts who came as far as each step; the first step loses nobody.
    """
    if participants < FEWEST or len(reached) < 2:  # noqa: PLR2004 -- a loss lies between two steps
        return None
    lost = [before - after for before, after in itertools.pairwise(reached)]
    most = max(lost)
    share = most / participants
    return Loss(place=lost.index(most) + 1, share=share) if share >= WORTH_NAMING else None
