"""Rates: a part of a whole, and what the whole is called. There is no rate without all three."""

from dataclasses import dataclass
from enum import StrEnum

WHOLE_FROM = 10
"""From so many per cent on, a rate is said in whole numbers."""


class Whole(StrEnum):
    """What a rate is a share of: the denominators of Insights, by their names in files."""

    REGISTERED = "registered"
    PARTICIPANTS = "participants"
    EXPLORED = "explored"
    VERIFIED = "verified"
    INTENDERS = "intenders"
    CERTIFIED = "certified"
    SAID = "said"
    ASKED = "asked"
    EVERYONE = "everyone"
    COURSES = "courses"
    EVENTS = "events"
    ADULTS = "adults"
    SOLVED = "solved"
    ANSWERED = "answered"
    TRIES = "tries"


class NoRate(ValueError):
    """A part is no larger than its whole, and neither is below nought."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So many of so many, who are called that."""

    part: int
    whole: int
    of: Whole

    def __post_init__(self) -> None:
        """Refuse what is no share, and a whole without a name."""
        if not isinstance(self.of, Whole):
            raise TypeError("a rate names its denominator by a Whole")
        if not 0 <= self.part <= self.whole:
            raise NoRate(f"{self.part} of {self.whole}")

    @property
    def per_cent(self) -> float | None:
        """In hundredths, as it is said: whole numbers from ten on, one decimal below; None of nobody."""
        if not self.whole:
            return None
        exact = 100 * self.part / self.whole
        return float(round(exact)) if exact >= WHOLE_FROM else round(exact, 1)


def rate_of(part: int | None, whole: int | None, of: Whole) -> Rate | None:
    """The rate, or None where one of the two is hidden or there is no whole."""
    return None if part is None or not whole else Rate(part=part, whole=whole, of=of)
