"""Collects everything that is wrong in a course, so that its author hears all of it at once."""

from stoa.coursedoc.imported import Finding, SourceRefused


class Troubles:
    """What stands in the way of reading a course, and what its author should merely look at."""

    def __init__(self) -> None:
        self.faults: list[Finding] = []
        self.findings: list[Finding] = []

    def fault(self, problem: str, remedy: str, *, place: str, line: int | None = None) -> None:
        """The course can't be read with this in it."""
        self.faults.append(Finding(place=place, problem=problem, remedy=remedy, line=line))

    def notice(self, problem: str, remedy: str, *, place: str, line: int | None = None) -> None:
        """The course can be read, but its author should look at this."""
        self.findings.append(Finding(place=place, problem=problem, remedy=remedy, line=line))

    def refuse_if_any(self) -> None:
        """Refuse the course where there are faults."""
        if self.faults:
            raise SourceRefused.with_all(sorted(self.faults, key=lambda one: (one.place, one.line or 0)))
