"""Who needs a guardian to agree before they post where everybody reads."""

from datetime import date

OLDEST = 110


def years_to_choose(today: date) -> range:
    """Years of birth that somebody alive may have, the latest first."""
    return range(today.year - 4, today.year - OLDEST - 1, -1)


def needs_guardian(*, year_of_birth: int, today: date, age: int) -> bool:
    """True while somebody born in that year may be younger than the age: a birthday may still come this year."""
    return today.year - year_of_birth - 1 < age
