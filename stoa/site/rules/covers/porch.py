"""The porch itself: floor and shadows, columns, and the lintel with its frieze."""

from dataclasses import dataclass

from stoa.site.rules.covers.landscapes import n
from stoa.site.rules.covers.palette import Palette

FRIEZES = ("bars", "key", "triangles", "discs")
_STEP = 0.684
"""From one figure of a frieze to the next, in heights of the lintel."""


@dataclass(frozen=True, kw_only=True)
class Porch:
    """How large it is, how many columns carry it, and where the sun stands."""

    width: int
    height: int
    lintel: float
    columns: int
    sun_x: float
    frieze: str

    @property
    def floor(self) -> float:
        """Where the floor begins."""
        return self.height * 0.85

    @property
    def thick(self) -> float:
        """How thick a column is at its foot."""
        return min(0.045 * self.width, 0.26 * self.width / self.columns)

    def places(self) -> list[float]:
        """The middle of each column."""
        pitch = self.width / self.columns
        return [pitch * (at + 0.5) for at in range(self.columns)]


def porch(size: Porch, palette: Palette) -> str:
    """All that stands before the landscape."""
    return _floor(size, palette) + _columns(size, palette) + _lintel(size, palette)


def _floor(size: Porch, palette: Palette) -> str:
    depth = size.height - size.floor
    shadows = "".join(_shadow(size, x) for x in size.places())
    lines = "".join(
        f'<path fill="{palette.line}" d="M0 {n(size.floor + depth * at)}h{size.width}v{n(depth * 0.04)}H0z"/>'
        for at in (0.42, 0.72)
    )
    return (
        f'<path fill="{palette.stone}" d="M0 {n(size.floor)}h{size.width}v{n(depth)}H0z"/>'
        f'<path fill="{palette.shadow}" opacity="{palette.shadow_strength}" d="{shadows}"/>{lines}'
    )


def _shadow(size: Porch, x: float) -> str:
    away, wide = (x - size.sun_x) * 0.22, size.thick
    return (
        f"M{n(x - 0.7 * wide)} {n(size.floor)}h{n(1.4 * wide)}"
        f"L{n(x + away + 0.75 * wide)} {size.height}h{n(-1.5 * wide)}z"
    )


def _columns(size: Porch, palette: Palette) -> str:
    shafts = "".join(_shaft(size, x) for x in size.places())
    shades = "".join(_shade(size, x) for x in size.places())
    return f'<path fill="{palette.stone}" d="{shafts}"/><path fill="{palette.shade}" d="{shades}"/>'


def _shaft(size: Porch, x: float) -> str:
    """The capital, a trapezoid, and the column under it, a little thinner at its top."""
    wide, top = size.thick, size.lintel
    head = top + 0.05 * size.height
    return (
        f"M{n(x - 0.85 * wide)} {n(top)}h{n(1.7 * wide)}L{n(x + 0.55 * wide)} {n(head)}H{n(x + 0.45 * wide)}"
        f"L{n(x + 0.5 * wide)} {n(size.floor)}h{n(-wide)}L{n(x - 0.45 * wide)} {n(head)}H{n(x - 0.55 * wide)}z"
    )


def _shade(size: Porch, x: float) -> str:
    """The side away from the sun, and the plinth."""
    wide, head = size.thick, size.lintel + 0.05 * size.height
    side = 1 if x > size.sun_x else -1
    plinth = 0.035 * size.height
    foot = size.floor - plinth
    return (
        f"M{n(x + side * 0.08 * wide)} {n(head)}H{n(x + side * 0.45 * wide)}L{n(x + side * 0.5 * wide)} {n(foot)}"
        f"H{n(x + side * 0.08 * wide)}zM{n(x - 0.72 * wide)} {n(foot)}h{n(1.44 * wide)}v{n(plinth)}"
        f"h{n(-1.44 * wide)}z"
    )


def _lintel(size: Porch, palette: Palette) -> str:
    return (
        f'<path fill="{palette.stone}" d="M0 0h{size.width}v{n(size.lintel)}H0z"/>{frieze(size, palette.frieze)}'
        f'<path fill="{palette.line}" d="M0 {n(size.lintel - 3)}h{size.width}v3H0z"/>'
    )


def frieze(size: Porch, colour: str) -> str:
    """The band of figures along the lintel."""
    step, unit = size.lintel * _STEP, size.lintel / 36
    figure = _FIGURES[size.frieze]
    count = int((size.width - 6 * unit) / step)
    return (
        f'<path fill="{colour}" transform="translate({n(6.6 * unit)} {n(9.5 * unit)}) scale({unit:.3g})" '
        f'd="{"".join(f"M{n(at * step / unit)} 0{figure}" for at in range(count))}"/>'
    )


# Each begins where the pen stands, at the upper inline corner of its cell, 18 wide and 13.3 high.
_FIGURES = {
    "bars": "h3.5v13.2h-3.5zm5.9 0h3.5v13.2h-3.5zm5.9 0h3.5v13.2h-3.5z",
    "key": "h17.9v9.6h-9v-4h4v-2.2h-8.9v10h-4z",
    "triangles": "m9.5 0l9.5 13.2h-19z",
    "discs": "m1.1 13.2a8.65 11.3 0 0 1 17.3 0z",
}
