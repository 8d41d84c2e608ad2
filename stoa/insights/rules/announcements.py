"""What the engine says to open pages when it has counted."""

from typing import Final

TOPIC: Final = "insights"
"""What pages listen to."""
COUNTED: Final = "counted"
"""There are new figures: its data are the version, and how many events there are."""
READ: Final = "read"
"""There are new events, which tables do not hold yet: its data are how many events there are now."""
