"""Groups of ages and of education."""

from typing import Final

#: Under 13 and the seven bands of R033; the first number is the youngest age.
BANDS: Final = (
    (0, "0-12"),
    (13, "13-17"),
    (18, "18-24"),
    (25, "25-34"),
    (35, "35-44"),
    (45, "45-54"),
    (55, "55-64"),
    (65, "65+"),
)
OLDEST: Final = 110

#: The nine levels of edX in five groups; "other" belongs to none.
EDUCATION_GROUPS: Final = {
    "none": "school",
    "el": "school",
    "jhs": "school",
    "hs": "school",
    "a": "associate",
    "b": "bachelor",
    "m": "master",
    "p": "doctorate",
    "p_se": "doctorate",
    "p_oth": "doctorate",
}

ADULT: Final = 25
"""From this age on people are expected to have ended their education, and are compared with a whole population."""
LOW: Final = ("school", "associate")
HIGH: Final = ("bachelor", "master", "doctorate")


def age_band(age: int | None) -> str | None:
    """The band of an age in years, None where it is not said or no age of a person."""
    if age is None or not 0 <= age <= OLDEST:
        return None
    return [name for youngest, name in BANDS if age >= youngest][-1]


def education_group(level: str | None) -> str | None:
    """The group of an edX level of education, None where it is not said or not known."""
    return EDUCATION_GROUPS.get(level or "")
