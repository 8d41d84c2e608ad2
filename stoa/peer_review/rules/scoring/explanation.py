"""How a score came about, and what would change it: made once, by a command, and stored with the score for its page."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One review's part in a score.

    Attributes:
        rater: Whose it is; an id, for staff only.
        points: What it gave.
        usual: Points by which this reviewer marks others high (low where negative), as far as is known.
        share: Its share of what the reviewers and staff say together, 0 to 1.
        moves: Points by which the score would be lower without it (higher where negative).
    """

    rater: str
    points: float
    usual: float
    share: float
    moves: float


@dataclass(frozen=True, kw_only=True, slots=True)
class OneMore:
    """The score and its interval if one more usual reviewer gave these points."""

    points: float
    score: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """What made a score. All in points of 100.

    Attributes:
        submission: Which.
        reviews: Each review's part.
        staff: What staff gave, where staff read it, and what that moves.
        leniency: What was taken off every mark, because all reviewers mark that much higher than staff.
        drawn: Points by which the score is nearer to the mean of all work than the reviews are: few reviews draw more.
        next: What one more review would do.
        score: The estimate that this explains; a final score may be higher, since it never falls. None: kept before.
    """

    submission: str
    reviews: tuple[Part, ...]
    staff: float | None
    staff_moves: float
    leniency: float
    drawn: float
    next: tuple[OneMore, ...]
    score: float | None = None
