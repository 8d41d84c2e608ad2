"""Everything that is read from the environment is on the page about settings."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\b(?:STOA_[A-Z_]*[A-Z]|DATABASE_URL|DJANGO_SETTINGS_MODULE|XDG_DATA_HOME)\b")


def read_somewhere() -> Iterator[str]:
    for folder in ("config", "stoa", "bin", "tools", "tests", "bench"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ""} and path.is_file() and path != Path(__file__):
                yield from VARIABLE.findall(path.read_text(errors="replace"))


def test_the_page_lists_every_variable_and_no_other() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()

    listed = re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)

    assert sorted(listed) == sorted(set(read_somewhere()))
