"""What reading a course gives: the document, its files, and what became of every element."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

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
        where = f"{place}:{line}: " if place and line else f"{place}: " if place else ""
        super().__init__(f"{where}{problem}" + (f" {remedy}" if remedy else ""))
        self.finding = Finding(place=place, problem=problem, remedy=remedy, line=line)
