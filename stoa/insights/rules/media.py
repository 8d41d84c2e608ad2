"""When media fail so often in a country that somebody must know, and when that is over (R093)."""

from typing import Final

from stoa.insights.rules.answers import MediaGroup

FEWEST: Final = 10
"""So few tries say nothing about a country."""
RATE: Final = 0.3
"""A warning begins where a larger share of the tries of a day fails."""
CALM: Final = 0.2
"""It ends where the share is this or smaller: less than the beginning, so that it does not come and go."""
WARNED: Final = "day"
SHOWN: Final = "month"
DAYS: Final = {WARNED: 1, SHOWN: 28}
"""The stretches of time that may be asked for, in days up to the last event."""


def rate(group: MediaGroup) -> float | None:
    """The share of tries that failed; None where nobody tried, or the view may not see it."""
    if group.failures is None or not group.tries:
        return None
    return group.failures / group.tries


def fails(group: MediaGroup) -> bool:
    """True where media fail too often, of enough tries."""
    share = rate(group)
    return share is not None and (group.tries or 0) >= FEWEST and share > RATE


def is_calm(group: MediaGroup) -> bool:
    """True where enough tries go well again."""
    share = rate(group)
    return share is not None and (group.tries or 0) >= FEWEST and share <= CALM
