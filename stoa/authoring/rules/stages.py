"""How far an import is, over all its stages."""

READING = 45
AFTER = {"Files": (45, 20), "MOOC videos and captions": (65, 5), "Pages": (70, 25), "Quizzes": (95, 5)}
"""Stages after reading: where each begins and how much of the whole it is, in percent."""
WHOLE = 100


def percent(stage: str, done: int, total: int) -> int:
    """The share of the whole import that is done; reading itself shows only its first part."""
    begins, share = AFTER.get(stage, (0, READING))
    return min(WHOLE - 1, begins + (share * min(done, total) // total if total > 0 else 0))
