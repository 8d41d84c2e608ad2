"""What a manifest says of its last build: up to where tables hold what the warehouse holds."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from stoa.insights.engine.warehouse.manifest import BUILT_SEQ, NOWHERE, Kept, Manifest
from stoa.insights.engine.warehouse.warehouse import Change

_SERIAL, _UNTIL, _EDITION = "built_serial", "built_until", "built_edition"


@dataclass(frozen=True, kw_only=True)
class Built:
    """Rows below `seq` are in the tables, which hold as of `until`; files from `serial` on came later.

    `edition` is what tables and countries meant.
    """

    seq: int
    serial: int
    until: int
    edition: str

    @classmethod
    def of(cls, manifest: Manifest) -> "Built | None":
        """The last build; None where there was none, or what it read was rewritten since."""
        facts = manifest.facts
        if int(facts.get(BUILT_SEQ, NOWHERE)) == NOWHERE:
            return None
        return cls(
            seq=int(facts[BUILT_SEQ]),
            serial=int(facts[_SERIAL]),
            until=int(facts[_UNTIL]),
            edition=str(facts[_EDITION]),
        )

    def fresh(self, files: tuple[Kept, ...]) -> list[str]:
        """Which of these files came later; among them may be older rows, merged with new ones."""
        return [kept.path for kept in files if int(PurePosixPath(kept.path).stem) >= self.serial]


def keep_built(change: Change, *, until: int, edition: str) -> None:
    """Say that the change's tables hold what the change holds; the last thing that a build does."""
    seq = int(change.manifest.facts.get("seq", NOWHERE))
    for fact, value in ((BUILT_SEQ, seq), (_UNTIL, until), (_EDITION, edition), (_SERIAL, change.manifest.serial)):
        change.say(fact, value)
