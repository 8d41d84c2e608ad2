"""How a visitor wants to see the site, as cookies remember it."""

from collections.abc import Mapping
from dataclasses import dataclass

THEMES = ("light", "dark")


@dataclass(frozen=True, kw_only=True)
class Look:
    """The theme ("" follows the device) and whether to spare data."""

    theme: str = ""
    low_data: bool = False


def look_of(cookies: Mapping[str, str]) -> Look:
    """What the cookies say; anything unknown counts as not said."""
    theme = cookies.get("theme", "")
    return Look(theme=theme if theme in THEMES else "", low_data=cookies.get("low_data") == "1")
