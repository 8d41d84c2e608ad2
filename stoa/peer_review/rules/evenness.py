"""How evenly reviews are spread over works."""

from collections.abc import Sequence


def gini(counts: Sequence[int]) -> float:
    """The Gini coefficient: 0 where all have the same, near 1 where one has all. 0 for nothing."""
    total = sum(counts)
    if not total:
        return 0.0
    ranked = sorted(counts)
    number = len(ranked)
    weighed = sum(place * count for place, count in enumerate(ranked, 1))
    return 2 * weighed / (number * total) - (number + 1) / number
