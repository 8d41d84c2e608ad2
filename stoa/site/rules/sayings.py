"""What plausible learners answer when they are asked about a run. Chance comes in from outside."""

from random import Random
from typing import Final

ANSWERS_AT_FIRST, SKIPS = 0.62, 0.14
"""Shares of those who answer what they came for, and who would rather not; the rest looks away."""
ANSWERS_WHEN_THROUGH, ANSWERS_BY_MAIL = 0.55, 0.22
QUARTER, HALF = 0.25, 0.5

_INTENTS: Final = {
    # By the share of the course that they do in the end.
    "little": {"browse": 30, "some": 20, "certificate": 18, "skills": 12, "unsure": 12, "growth": 5, "all": 3},
    "half": {"some": 25, "skills": 24, "certificate": 26, "growth": 8, "all": 8, "browse": 5, "unsure": 4},
    "most": {"certificate": 50, "skills": 18, "all": 14, "growth": 13, "some": 3, "unsure": 2},
}
_REASONS: Final = {"time": 42, "done": 17, "later": 14, "hard": 9, "expected": 6, "easy": 5, "technical": 3, "other": 4}
_CONTENTED: Final = {"done": 0.96, "time": 0.74, "later": 0.8, "hard": 0.42, "easy": 0.38, "expected": 0.2}
_THOUGHTS: Final = {
    "hard": ("Module two took me three evenings.", "I would have liked an easier exercise before the assignment."),
    "easy": ("I knew most of this already.", "More examples from real work, please."),
    "done": ("I needed loops for my work, and now I have them.", "Thank you, that was what I was looking for."),
    "time": ("A new job began in the second week.", "I will look again when the harvest is in."),
    "technical": ("Videos stop on my connection.",),
    "": ("The captions helped me a lot.", "A clear course. I would take the next one."),
}


def intent_of(dice: Random, *, share: float) -> str | None:
    """What somebody wants who comes so far (0 to 1) in the end: empty where they skip, None where they say nothing."""
    said = dice.random()
    if said >= ANSWERS_AT_FIRST + SKIPS:
        return None
    if said >= ANSWERS_AT_FIRST:
        return ""
    kind = "little" if share < QUARTER else "half" if share < HALF else "most"
    return _one_of(dice, _INTENTS[kind])


def when_through(dice: Random) -> dict[str, str]:
    """What somebody says who did every step; nothing for many."""
    return _opinion(dice, "", contented=0.93) if dice.random() < ANSWERS_WHEN_THROUGH else {}


def by_mail(dice: Random) -> dict[str, str]:
    """What somebody says who stopped; nothing for most."""
    if dice.random() >= ANSWERS_BY_MAIL:
        return {}
    reason = _one_of(dice, _REASONS)
    return {"reason": reason} | _opinion(dice, reason, contented=_CONTENTED.get(reason, HALF))


def _opinion(dice: Random, reason: str, *, contented: float) -> dict[str, str]:
    said = {"satisfied": "yes" if dice.random() < contented else "no"}
    if dice.random() < QUARTER and (thoughts := _THOUGHTS.get(reason)):
        said["words"] = dice.choice(thoughts)
    return said


def _one_of(dice: Random, shares: dict[str, int]) -> str:
    return dice.choices(list(shares), list(shares.values()))[0]
