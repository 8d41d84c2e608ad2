"""What reading a course gives: the document, its files, and what became of every element."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self

from stoa.coursedoc.model import Course


class Fate(StrEnum):
    """What an import did with one element of the source."""

    MAPPED = "mapped"
    PARTLY = "partly"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Element:
    """One element of the source. `loss` says what of it is lost, or why it was kept raw or refused."""

    tag: str
    id: str
    fate: Fate
    place: str = ""
    """File of the source."""
    loss: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something in the source that its author should look at, and what to do about it."""

    place: str
    problem: str
    remedy: str = ""
    line: int | None = None

    def __str__(self) -> str:
        where = f"{self.place}:{self.line}: " if self.place and self.line else f"{self.place}: " if self.place else ""
        return f"{where}{self.problem}" + (f" {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that happened to the source's elements."""

    elements: tuple[Element, ...] = ()
    findings: tuple[Finding, ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    """Elements seen in the source by tag, counted apart from the mapping."""

    @property
    def lost(self) -> int:
        """Elements of the source that nothing was said about: always 0, or the importer is at fault."""
        told = Counter(element.tag for element in self.elements)
        return sum(max(0, n - told[tag]) for tag, n in self.found.items())


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A course read from a source, the files that its assets name, and the report."""

    course: Course
    files: Mapping[str, Path]
    """Asset name to the file that holds it."""
    report: Report


class SourceRefused(Exception):
    """The source can't be read as a course. Nothing of it was taken; the message says what to do."""

    def __init__(self, problem: str, *, place: str = "", line: int | None = None, remedy: str = "") -> None:
        self.finding = Finding(place=place, problem=problem, remedy=remedy, line=line)
        self.findings: tuple[Finding, ...] = (self.finding,)
        super().__init__(str(self.finding))

    @classmethod
    def with_all(cls, findings: Sequence[Finding]) -> Self:
        """The refusal that names everything that is wrong, at least one thing, so that one edit mends it all."""
        first = findings[0]
        refused = cls(first.problem, place=first.place, line=first.line, remedy=first.remedy)
        refused.findings = tuple(findings)
        refused.args = ("\n".join(str(one) for one in findings),)
        return refused
