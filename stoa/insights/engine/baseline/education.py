"""How many adults of a country have a bachelor's degree or more: the file that comes with Stoa, or the operator's own.

The file is CSV with the columns country (ISO 3166, two letters), bachelor_or_more (per cent of those of 25 and more),
year, source. What comes with Stoa are figures of the UNESCO Institute for Statistics (educational attainment, at least
ISCED 6, population of 25 years and more, both sexes), one a country: that of the latest year, from 2005 on, in the
World Development Indicators as of December 2025 (SE.TER.CUAT.BA.ZS). Left out are Angola, Sri Lanka and Zimbabwe,
whose latest figure is a fraction of the one before. A country that is not in the file is not known.
"""

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

SETTING: Final = "STOA_EDUCATION_BASELINE"
OURS: Final = Path(__file__).with_name("education.csv")
COLUMNS: Final = ("country", "bachelor_or_more", "year", "source")


class BaselineUnreadable(ValueError):
    """The file of populations is not what it should be: the message says in which line, and what a line looks like."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many adults of a country have a bachelor's degree or more, from 0 to 1; in which year; who says so."""

    share: float
    year: int
    source: str


def baseline() -> Mapping[str, Share]:
    """The shares by country: of the operator's file where there is one. Raises BaselineUnreadable."""
    told = os.environ.get(SETTING)
    return read(Path(told) if told else OURS)


@lru_cache(maxsize=4)
def read(path: Path) -> Mapping[str, Share]:
    """The shares that a file holds. Raises BaselineUnreadable."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.DictReader(file)
            if not set(COLUMNS) <= set(lines.fieldnames or ()):
                raise BaselineUnreadable(f"{path}: the first line is to name the columns {', '.join(COLUMNS)}.")
            return dict(_share(path, lines.line_num, line) for line in lines)
    except (OSError, UnicodeDecodeError) as reason:
        raise BaselineUnreadable(f"{path} cannot be read: {reason}") from reason


def _share(path: Path, number: int, line: Mapping[str, str]) -> tuple[str, Share]:
    try:
        country, per_cent, year = line["country"].strip().upper(), float(line["bachelor_or_more"]), int(line["year"])
    except (TypeError, ValueError, AttributeError):
        raise _no_line(path, number) from None
    if len(country) != 2 or not 0 <= per_cent <= 100 or not (line["source"] or "").strip():  # noqa: PLR2004 -- two letters; per cent
        raise _no_line(path, number)
    return country, Share(share=per_cent / 100, year=year, source=line["source"].strip())


def _no_line(path: Path, number: int) -> BaselineUnreadable:
    return BaselineUnreadable(f"{path}, line {number}: a line looks like US,37.5,2020,Name of the source.")
