"""How much a release bends statistics: mean, deviation, entropy and distance before and after."""

from dataclasses import asdict, dataclass

import numpy as np

from stoa.insights.engine.releasing.records import KNOWN, Numbers, Records, Texts

_BINS = 32


@dataclass(frozen=True, kw_only=True)
class Bent:
    """A column before and after: means and standard deviations (None for words), entropies in bits.

    `distance` is Kolmogorov and Smirnov's for numbers, the total variation for words: 0 alike, 1 nothing in common.
    """

    column: str
    n_before: int
    n_after: int
    mean_before: float | None = None
    mean_after: float | None = None
    sd_before: float | None = None
    sd_after: float | None = None
    entropy_before: float
    entropy_after: float
    distance: float

    def told(self) -> dict[str, str | int | float | None]:
        """As a row of the report."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def bent(before: Records, after: Records) -> list[Bent]:
    """Every column of the release."""
    numbers = [
        *((name, before.counts[name], after.counts[name]) for name in before.counts),
        ("grade", before.grade, after.grade),
        *(
            (name, getattr(before, name).astype(float), getattr(after, name).astype(float))
            for name in ("viewed", "explored")
        ),
        ("certified", _zero_or_one(before.certified), _zero_or_one(after.certified)),
    ]
    words = [
        ("course", before.course, after.course),
        *((name, before.known[name], after.known[name]) for name in KNOWN),
    ]
    return [*(_of_numbers(*one) for one in numbers), *(_of_words(*one) for one in words)]


def _of_numbers(column: str, before: Numbers, after: Numbers) -> Bent:
    old, new = before[~np.isnan(before)], after[~np.isnan(after)]
    edges = np.unique(np.quantile(old, np.linspace(0, 1, _BINS + 1))) if len(old) else np.array([0.0])
    return Bent(
        column=column,
        n_before=len(old),
        n_after=len(new),
        mean_before=_mean(old),
        mean_after=_mean(new),
        sd_before=float(old.std()) if len(old) else None,
        sd_after=float(new.std()) if len(new) else None,
        entropy_before=_entropy(np.bincount(np.searchsorted(edges, old))),
        entropy_after=_entropy(np.bincount(np.searchsorted(edges, new))),
        distance=_kolmogorov(old, new),
    )


def _of_words(column: str, before: Texts, after: Texts) -> Bent:
    old, new = before[before != ""].astype(str), after[after != ""].astype(str)
    names = np.unique(np.concatenate([old, new]))
    counts = [np.bincount(np.searchsorted(names, words), minlength=len(names)) for words in (old, new)]
    shares = [count / max(1, count.sum()) for count in counts]
    return Bent(
        column=column,
        n_before=len(old),
        n_after=len(new),
        entropy_before=_entropy(counts[0]),
        entropy_after=_entropy(counts[1]),
        distance=float(np.abs(shares[0] - shares[1]).sum() / 2),
    )


def _entropy(counts: np.ndarray) -> float:
    shares = counts[counts > 0] / max(1, counts.sum())
    return float(-(shares * np.log2(shares)).sum()) + 0.0


def _kolmogorov(old: Numbers, new: Numbers) -> float:
    if not len(old) or not len(new):
        return 1.0
    points = np.concatenate([old, new])
    below = [np.searchsorted(np.sort(values), points, side="right") / len(values) for values in (old, new)]
    return float(np.abs(below[0] - below[1]).max())


def _mean(values: Numbers) -> float | None:
    return float(values.mean()) if len(values) else None


def _zero_or_one(words: Texts) -> Numbers:
    return np.array([float(word) if word else np.nan for word in words])
