"""What lies beyond the columns: three layers, far, mid and near, in a shape that the subject chooses."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from stoa.site.rules.covers.chance import Chance
from stoa.site.rules.covers.palette import Palette

W, H = 480, 240
TOP, BOTTOM = 36, 204
"""Of the opening: between the lintel and the floor."""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One of the three: its place from far (0) to near (2), its colour and that of what stands behind it."""

    place: int
    colour: str
    behind: str
    palette: Palette


def landscape(name: str, chance: Chance, palette: Palette) -> str:
    """All three layers, from back to front."""
    far, mid, near = palette.layers()
    layers = [
        Layer(place=0, colour=far, behind=palette.sky, palette=palette),
        Layer(place=1, colour=mid, behind=far, palette=palette),
        Layer(place=2, colour=near, behind=far, palette=palette),
    ]
    return "".join(SHAPES[name](layer, chance) for layer in layers)


def n(number: float) -> str:
    """A number as short as it can be written."""
    return f"{number:.1f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"


def _base(layer: Layer, chance: Chance) -> float:
    return TOP + (BOTTOM - TOP) * (0.5, 0.67, 0.84)[layer.place] - chance() * 0.05 * H


def _path(layer: Layer, outline: str) -> str:
    """The outline, closed along the bottom of the opening."""
    return f'<path fill="{layer.colour}" d="{outline}V{BOTTOM}H0Z"/>'


def _terraces(layer: Layer, chance: Chance) -> str:
    base, turn = _base(layer, chance), (chance() - 0.275 * chance()) * math.tau
    steps = 9 - layer.place
    heights = [round(1.9 * math.sin(step / steps * math.tau + turn)) for step in range(steps)]
    outline = f"M0 {n(base)}" + "".join(
        f"V{n(base - height * 0.045 * H)}H{n((step + 1) * W / steps)}" for step, height in enumerate(heights)
    )
    return _path(layer, outline)


def _peaks(layer: Layer, chance: Chance) -> str:
    base, count = _base(layer, chance), 5 + layer.place
    pitch, outline = W / count, f"M0 {n(base + 0.03 * H * chance())}"
    for peak in range(count):
        height, aside, valley = chance(), chance(), chance()
        x, y = (peak + 0.3 + 0.38 * aside) * pitch, base - (0.06 + 0.22 * height) * H * (1 - 0.22 * layer.place)
        outline += f"L{n(x)} {n(y)} {n((peak + 1) * pitch)} {n(base + 0.03 * H * valley)}"
    return _path(layer, outline)


def _wave(layer: Layer, chance: Chance) -> str:
    base, start, more = _base(layer, chance), chance(), round(chance())
    length, rise = W / (3 + 2 * layer.place + more), 0.035 * H
    half = n(length / 2)
    outline = f"M{n(-start * length)} {n(base)}q{n(length / 4)} {n(-2 * rise)} {half} 0"
    return _path(layer, outline + f"t{half} 0" * (2 * (4 + 2 * layer.place + more) - 1))


def _hills(layer: Layer, chance: Chance) -> str:
    """One cubic and one smooth cubic: the nearer a hill, the flatter it is and the further aside its top."""
    return _path(layer, _HILLS[layer.place](_base(layer, chance), chance))


def _far_hill(base: float, chance: Chance) -> str:
    start, first, second = chance(), chance(), chance()
    return _hill(base, (0.22, 0.4, 0.56, 0.84), (
        0.09 - 0.09 * start, -0.24 - 0.08 * first, -0.06, 0.025, -0.16 - 0.08 * second, -0.03,
    ))  # fmt: skip  # a table, read by its rows


def _middle_hill(base: float, chance: Chance) -> str:
    start, first, second = chance(), chance(), chance()
    aside = 0.063 + 0.146 * second
    return _hill(base, (aside, 2 * aside, 0.5, 0.82), (
        0.012 + 0.02 * start, -0.13 - 0.007 * first, -0.077, 0.031, -0.086 - 0.106 * second, 0.009,
    ))  # fmt: skip  # a table, read by its rows


def _near_hill(base: float, chance: Chance) -> str:
    aside, lift = 0.08 + 0.02 * chance(), -0.045 * chance()
    return _hill(base + lift * H, (aside, 2 * aside, 0.5, 0.82), (
        0.045 + 1.5 * lift, -0.128, -0.08, -0.001, -0.105, -0.018,
    ))  # fmt: skip  # a table, read by its rows


def _hill(base: float, across: tuple[float, ...], rises: tuple[float, ...]) -> str:
    """Through its start, two handles, its middle, one handle and its end; in shares of width and height."""
    x1, x2, x3, x4 = (n(share * W) for share in across)
    y0, y1, y2, y3, y4, y5 = (n(base + share * H) for share in rises)
    return f"M0 {y0}C{x1} {y1} {x2} {y2} {x3} {y3}S{x4} {y4} {W} {y5}"


def _woods(layer: Layer, chance: Chance) -> str:
    hills = _hills(layer, chance)
    if not layer.place:
        return hills
    foot = TOP + (BOTTOM - TOP) * (0.74 if layer.place == 1 else 0.865)
    firs = "".join(_fir(chance() * W, foot, (0.1 + 0.075 * chance()) * H) for _ in range(11 - layer.place))
    colour = layer.palette.near if layer.place == 1 else layer.palette.deep
    return f'{hills}<path fill="{colour}" d="{firs}"/>'


def _fir(x: float, foot: float, height: float) -> str:
    half = height * 0.205
    return f"M{n(x - half)} {n(foot)}l{n(half)} {n(-height)} {n(half)} {n(height)}z"


def _domes(layer: Layer, chance: Chance) -> str:
    base, start, pitch = _base(layer, chance), chance(), W / (4 + 2 * layer.place)
    dome = f"a{n(pitch / 2)} {n(pitch * 0.4)} 0 0 1 {n(pitch)} 0"
    return _path(layer, f"M{n((start - 1) * pitch)} {n(base)}" + dome * (5 + 2 * layer.place))


def _scales(layer: Layer, chance: Chance) -> str:
    if not layer.place:
        return _wave(layer, chance)
    base, start, count = _base(layer, chance), chance(), 8 + 2 * layer.place
    pitch = W / count
    radius = pitch * 0.62
    rows = ""
    for row, outline in enumerate((layer.palette.far, layer.palette.sky)):
        first = (start + ((row + layer.place) % 2) / 2 - 1.5) * pitch
        scales = "".join(
            f'<circle cx="{n(first + at * pitch)}" cy="{n(base + (0.9 + 0.8 * row) * radius)}" r="{n(radius)}"/>'
            for at in range(count + 3)
        )
        rows += f'<g stroke="{outline}">{scales}</g>'
    floor = f'<path d="M0 {n(base + 1.4 * radius)}H{W}V{BOTTOM}H0z"/>'
    return f'<g fill="{layer.colour}" stroke-width="1.4">{floor}{rows}</g>'


Shape = Callable[[Layer, Chance], str]
_HILLS = (_far_hill, _middle_hill, _near_hill)
SHAPES: dict[str, Shape] = {
    "computing": _terraces,
    "data": _peaks,
    "health": _wave,
    "education": _hills,
    "society": _domes,
    "ecology": _woods,
    "languages": _scales,
}
