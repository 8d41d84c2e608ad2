"""What invented people say about themselves: most a little, some nothing."""

from collections.abc import Sequence
from random import Random

from stoa.accounts.actions import Said

_GENDERS = (("f", 44), ("m", 46), ("o", 2), ("", 8))
_EDUCATION = (("hs", 22), ("a", 6), ("b", 38), ("m", 20), ("p", 4), ("", 10))
_AGES = ((14, 17, 4), (18, 24, 28), (25, 34, 33), (35, 44, 15), (45, 54, 10), (55, 64, 6), (65, 78, 4))
_TEACHING = (("now", 9), ("was", 8), ("never", 53), ("", 30))
_TEACH, _SAYS_WHAT = {"now", "was"}, 0.8
_SAYS_NOTHING, _NO_AGE, _NO_COUNTRY = 0.07, 0.1, 0.04


def portrait(dice: Random, *, country: str, year: int, subjects: Sequence[str]) -> Said:
    """Somebody from this country; `year` is the present one, `subjects` are what one may teach."""
    if dice.random() < _SAYS_NOTHING:
        return Said()
    teaching = _one_of(dice, _TEACHING)
    youngest, oldest, _ = dice.choices(_AGES, [share for *_, share in _AGES])[0]
    return Said(
        gender=_one_of(dice, _GENDERS),
        year_of_birth=None if dice.random() < _NO_AGE else year - dice.randint(youngest, oldest),
        country="" if dice.random() < _NO_COUNTRY else country,
        education=_one_of(dice, _EDUCATION),
        teaching=teaching,
        subject_taught=dice.choice(subjects) if teaching in _TEACH and subjects and dice.random() < _SAYS_WHAT else "",
    )


def _one_of(dice: Random, choices: tuple[tuple[str, int], ...]) -> str:
    return dice.choices([key for key, _ in choices], [share for _, share in choices])[0]
