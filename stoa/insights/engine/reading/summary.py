"""What came in."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Summary:
    """What came in: each line of a log is an event, a duplicate or in quarantine.

    `rows` are those of tables, `structures` courses that told what they are made of, `skipped` files that nobody knows.
    """

    lines: int = 0
    events: int = 0
    duplicates: int = 0
    bytes: int = 0
    rows: int = 0
    structures: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, str] = field(default_factory=dict)


Tell = Callable[[Summary], None]
