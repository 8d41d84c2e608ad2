"""The colours of each landscape, by day and by night."""

from dataclasses import dataclass, replace

_DAYS = {
    "computing": "#dfeaf0 #a9c6d6 #5f93b1 #2a6486 #123f5c #eeb243",
    "data": "#e9e4f0 #c0b2d6 #8a75b0 #5a4585 #37275c #f0b955",
    "health": "#e3efe4 #afd0b2 #6ba27a #35724f #184a33 #f2b04a",
    "education": "#f7e7d6 #eabf98 #d18654 #a64f2b #6b2c18 #f6c96a",
    "society": "#f3e3e6 #dcb0ba #b66f83 #843f58 #552239 #efb85a",
    "ecology": "#f2efd6 #d3cf94 #a1a350 #6b742c #414a19 #ea9a3c",
    "languages": "#dff0ed #a4d2cc #5aa39d #23716e #0f4849 #f3b750",
}


@dataclass(frozen=True, kw_only=True)
class Palette:
    """What each part of a view is painted with."""

    sky: str
    far: str
    mid: str
    near: str
    deep: str
    sun: str
    halo: float = 0.22
    stone: str = "#faf6ec"
    shade: str = "#e0d7c3"
    line: str = "#cabfa8"
    frieze: str = ""
    shadow: str = ""
    shadow_strength: float = 0.26

    def layers(self) -> tuple[str, str, str]:
        """From far to near."""
        return self.far, self.mid, self.near


def day(landscape: str) -> Palette:
    """The colours under the sun."""
    sky, far, mid, near, deep, sun = _DAYS[landscape].split()
    return Palette(sky=sky, far=far, mid=mid, near=near, deep=deep, sun=sun, frieze=near, shadow=near)


def night(landscape: str) -> Palette:
    """The same view under the moon."""
    sunny = day(landscape)
    return replace(
        sunny,
        sky=blend(sunny.deep, "#0d161b", 0.42),
        far=blend(sunny.far, sunny.deep, 0.72),
        mid=blend(sunny.mid, sunny.deep, 0.62),
        near=blend(sunny.near, "#0b1216", 0.62),
        deep="#0b1216",
        sun="#f4e6bd",
        halo=0.13,
        stone="#5a6870",
        shade="#434f57",
        line="#36424a",
        frieze=blend(sunny.near, "#ffffff", 0.28),
        shadow="#0b1216",
        shadow_strength=0.4,
    )


def blend(one: str, other: str, share: float) -> str:
    """`share` of the other colour mixed into the one."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
