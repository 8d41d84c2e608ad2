"""Where a course's cover lies."""

from stoa.site.rules.covers.chance import seed_of

LANDSCAPES = ("computing", "data", "health", "education", "society", "ecology", "languages")
EDITION = 2
"""Part of every address: raise it when the drawing changes, since browsers keep covers for a year."""


def address_of(slug: str, landscape: str, weeks: int | None, *, night: bool) -> str:
    """The address says all that the drawing needs, so that what lies there never changes.

    A course without a subject gets some landscape, always the same.
    """
    seen = landscape if landscape in LANDSCAPES else LANDSCAPES[seed_of(slug) % len(LANDSCAPES)]
    return f"/covers/{EDITION}/{seen}/{columns(weeks)}/{slug}-{'night' if night else 'day'}.svg"


def panorama_address(*, night: bool) -> str:
    """Where the wide view lies."""
    return f"/covers/{EDITION}/panorama-{'night' if night else 'day'}.svg"


def columns(weeks: int | None) -> int:
    """As many columns as weeks, from three to nine."""
    return min(max(weeks or 5, 3), 9)
