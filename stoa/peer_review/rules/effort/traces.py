"""What a review leaves behind, and what is usual in its course."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from stoa.peer_review.rules.likeness import words

_USUAL_SECONDS, _USUAL_WORDS = 420.0, 30.0
_WORTH = 10


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One review's traces.

    Attributes:
        review: Its id.
        rater: Who wrote it.
        seconds: Time with the work in the foreground; None where nobody measured it.
        levels: Share of the points given on each criterion, 0 to 1.
        comments: All that was written in it.
        earlier: What the rater wrote in other reviews of the course.
        work: The text of the work, where there is one.
        rubric: The rubric's own words, sentence starters included.
        surprise: How its points differ from what the model expects; None before there is a model.
    """

    review: str
    rater: str
    seconds: float | None = None
    levels: Sequence[float] = ()
    comments: Sequence[str] = ()
    earlier: Sequence[str] = ()
    work: str = ""
    rubric: Sequence[str] = ()
    surprise: "Surprise | None" = None

    @property
    def text(self) -> str:
        """All comments together."""
        return "\n".join(comment for comment in self.comments if comment.strip())


@dataclass(frozen=True, kw_only=True)
class Surprise:
    """Points given against what is believed without them: mean and variance there, mean and variance of all marks."""

    points: float
    expected: float
    variance: float
    all_mean: float
    all_variance: float


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What is usual in a course: the middle of the seconds on a work and of the words in a review."""

    seconds: float = _USUAL_SECONDS
    words: float = _USUAL_WORDS


def habits(traces: Sequence[Trace]) -> Habits:
    """Medians of the course, drawn to what is usual elsewhere while there are few reviews."""
    seconds = [trace.seconds for trace in traces if trace.seconds is not None]
    lengths = [float(len(words(trace.text))) for trace in traces]
    return Habits(seconds=_drawn(seconds, _USUAL_SECONDS), words=max(_drawn(lengths, _USUAL_WORDS), 1.0))


def _drawn(values: Sequence[float], usual: float) -> float:
    middle = median(values) if values else usual
    return (len(values) * middle + _WORTH * usual) / (len(values) + _WORTH)
