"""Statements about learners and courses on their way into the warehouse."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Value = str | int | float | bool | None
Row = Mapping[str, Value]

PROFILE_FIELDS: Final = frozenset(
    {
        "gender",
        "level_of_education",
        "year_of_birth",
        "country",
        "language",
        "teacher",
        "subject_taught",
        "status",
        "motive",
    }
)
VERIFIED: Final = frozenset(
    {"verified", "professional", "credit", "masters", "no-id-professional", "executive-education"}
)


@dataclass(kw_only=True)
class Statements:
    """Rows of statements, by part."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, part: str, **row: Value) -> None:
        """Keep one."""
        self.rows.setdefault(f"statements/{part}", []).append(row)


def text_of(value: object) -> str:
    """A value of JSON as text."""
    if isinstance(value, str):
        return value
    return str(value) if type(value) is int else json.dumps(value, ensure_ascii=False)
