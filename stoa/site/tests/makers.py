"""Things to show, for the tests of the look."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Step:
    """A pillar of a colonnade."""

    minutes: float = 10
    state: str = "todo"
    new_week: bool = False


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A course as a cover sees it."""

    slug: str = "first-steps-python"
    landscape: str = "computing"
    weeks: int | None = 6
