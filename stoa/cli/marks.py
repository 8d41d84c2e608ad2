"""What a new site has behind it: one empty file a step."""

from pathlib import Path


def mark(data: Path, step: str) -> Path:
    """The file that is there once the step was taken."""
    return data / "first-steps" / step
