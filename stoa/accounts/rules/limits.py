"""How often something may be done."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `burst` in one go, and after that one every `every`."""

    name: str
    burst: int
    every: timedelta

    @property
    def reach(self) -> timedelta:
        """How far ahead of the clock one may be when one more is asked for."""
        return self.every * (self.burst - 1)
