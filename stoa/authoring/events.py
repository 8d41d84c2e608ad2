"""What happened in authoring."""

from dataclasses import dataclass

from stoa.kernel.bus import Fact


@dataclass(frozen=True, kw_only=True)
class ImportAsked(Fact):
    """Somebody wants a course brought in, or an import to go on."""

    import_id: int
