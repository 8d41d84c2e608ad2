"""What one says at which hour, and what a time zone is called."""

from datetime import datetime
from enum import StrEnum

MORNING, AFTERNOON, EVENING, NIGHT = 5, 12, 18, 23


class PartOfDay(StrEnum):
    """Parts of the day with a greeting of their own."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


def part_of_day(at: datetime) -> PartOfDay:
    """The part of the day of a local time."""
    if MORNING <= at.hour < AFTERNOON:
        return PartOfDay.MORNING
    if AFTERNOON <= at.hour < EVENING:
        return PartOfDay.AFTERNOON
    return PartOfDay.EVENING if EVENING <= at.hour < NIGHT else PartOfDay.NIGHT


def place_of(zone: str) -> str:
    """The city that names a time zone: Nairobi for Africa/Nairobi."""
    return zone.rpartition("/")[2].replace("_", " ")


def first_name(display_name: str) -> str:
    """How one is greeted: the first word of the display name."""
    return next(iter(display_name.split()), "")
