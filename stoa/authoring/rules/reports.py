"""What became of a source's elements, counted by kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TypeAlias

from stoa.coursedoc.imported import Fate, Finding, Report

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
FATES = tuple(fate.value for fate in Fate)


@dataclass(frozen=True, kw_only=True)
class KindCount:
    """One kind of element: how many were found, and what became of them."""

    kind: str
    found: int
    mapped: int
    partly: int
    kept: int
    refused: int
    lost: int


@dataclass(frozen=True, kw_only=True)
class Loss:
    """Elements that did not come whole, for one and the same reason."""

    kind: str
    fate: str
    reason: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The report of an import in figures."""

    kinds: tuple[KindCount, ...]
    losses: tuple[Loss, ...]
    findings: tuple[Finding, ...]

    @property
    def lost(self) -> int:
        """Elements that nothing was said about: 0, or the importer is at fault."""
        return sum(kind.lost for kind in self.kinds)

    def total(self, fate: str) -> int:
        """Elements of this fate, of all kinds."""
        return sum(int(getattr(kind, fate)) for kind in self.kinds)

    def as_json(self) -> dict[str, Json]:
        """The figures as they are stored and printed."""
        return {
            "found": self.total("found"),
            **{fate: self.total(fate) for fate in FATES},
            "lost": self.lost,
            "kinds": {
                kind.kind: {name: n for name, n in asdict(kind).items() if name != "kind"} for kind in self.kinds
            },
            "losses": [asdict(loss) for loss in self.losses],
            "findings": [asdict(finding) for finding in self.findings],
        }


def counted(report: Report, more: Iterable[Finding] = ()) -> Counted:
    """The report in figures, with what was found while publishing."""
    told = Counter((element.tag, element.fate.value) for element in report.elements)
    tags = sorted(set(report.found) | {element.tag for element in report.elements})
    reasons = Counter(
        (element.tag, element.fate.value, element.loss)
        for element in report.elements
        if element.fate is not Fate.MAPPED
    )
    return Counted(
        kinds=tuple(_kind(tag, told, report) for tag in tags),
        losses=tuple(
            Loss(kind=tag, fate=fate, reason=reason, count=n) for (tag, fate, reason), n in reasons.most_common()
        ),
        findings=(*report.findings, *more),
    )


def _kind(tag: str, told: Counter[tuple[str, str]], report: Report) -> KindCount:
    of_fate = {fate: told[tag, fate] for fate in FATES}
    found = report.found.get(tag, sum(of_fate.values()))
    return KindCount(kind=tag, found=found, lost=max(0, found - sum(of_fate.values())), **of_fate)
