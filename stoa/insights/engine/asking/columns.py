"""What tells registrations apart, as expressions over `tables/person_course`."""

from collections.abc import Mapping
from typing import Final

from stoa.insights.rules.dimensions import UNKNOWN, Dimension

#: Each dimension's key. What is not known is a key too.
KEYS: Final[Mapping[Dimension, str]] = {
    Dimension.COURSE: "course_id",
    Dimension.ORGANISATION: "org",
    Dimension.RUN: "run",
    Dimension.AREA: "area",
    Dimension.COUNTRY: "country",
    Dimension.GENDER: "gender",
    Dimension.AGE: "age_band",
    Dimension.EDUCATION: "education_group",
    Dimension.STATUS: "status",
    Dimension.INTENT: "intent",
    Dimension.TRACK: "CASE WHEN verified THEN 'verified' ELSE 'audit' END",
    Dimension.TEACHER: "teacher",
}
#: Of whom every count and share speaks: registrations without the team.
LEARNERS: Final = "roles IS NULL"
#: How far someone came, one bit each; every count of rules.answers.Counts is a sum over these patterns.
BITS: Final = ("viewed", "explored", "certified", "verified", "intent = 'certificate'")
PARTICIPANT, EXPLORED, CERTIFIED, VERIFIED, INTENDER = (1 << place for place in range(len(BITS)))
PATTERNS: Final = 1 << len(BITS)
#: The fields of Counts after `registered`, as the bits that all must be set.
FIELDS: Final = (
    0,
    PARTICIPANT,
    EXPLORED,
    CERTIFIED,
    VERIFIED,
    VERIFIED | CERTIFIED,
    INTENDER,
    INTENDER | CERTIFIED,
)


def key_of(dimension: Dimension) -> str:
    """The key of a dimension in SQL."""
    return f"coalesce({KEYS[dimension]}, '{UNKNOWN}')"


def pattern() -> str:
    """The bits in SQL."""
    return " + ".join(f"coalesce({bit}, false)::INTEGER * {1 << place}" for place, bit in enumerate(BITS))
