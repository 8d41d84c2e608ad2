"""The countries of the world map, as the assets build drew them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import stoa

WORLD = Path(stoa.__file__).parent / "site" / "static" / "vendor" / "world.svg"
_SHAPE = re.compile(r'<path id="([A-Z]{2})" d="([^"]*)"/>')


@lru_cache(maxsize=1)
def shapes() -> Mapping[str, str]:
    """The path of each country by its code; none where the assets were not built."""
    return dict(_SHAPE.findall(WORLD.read_text(encoding="utf-8"))) if WORLD.exists() else {}
