"""Reads what the site told the log."""

import json
from pathlib import Path
from typing import Any


def events_in(data: Path, name: str) -> list[dict[str, Any]]:
    """The events of this name, in the order in which they were told."""
    lines = [line for path in sorted(data.glob("spool/**/*.log")) for line in path.read_text().splitlines()]
    return [event for event in map(json.loads, lines) if event["name"] == name]
