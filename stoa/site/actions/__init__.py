"""What is done to several rooms at once."""

from stoa.site.actions.crowds import Filled, NoCourse, fill
from stoa.site.actions.seats import seat_in_the_middle, sit_with_peers

__all__ = ["Filled", "NoCourse", "fill", "seat_in_the_middle", "sit_with_peers"]
