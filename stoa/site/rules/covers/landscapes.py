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
    base, turn, lift = _base(layer, chance), chance() * 0.85 * math.tau, chance() * 0.35
    steps = 9 - layer.place
    heights = [round(2 * math.sin(step / steps * math.tau + turn + lift)) for step in range(steps)]
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
    base, start, first, second = _base(layer, chance), chance(), chance(), chance()
    steep = (1.0, 0.85, 0.6)[layer.place] * H
    return _path(
        layer,
        f"M0 {n(base + steep * (0.09 - 0.09 * start))}"
        f"C{n(0.22 * W)} {n(base - steep * (0.24 + 0.08 * first))} {n(0.4 * W)} {n(base - steep * 0.06)}"
        f" {n(0.56 * W)} {n(base + steep * 0.025)}"
        f"S{n(0.84 * W)} {n(base - steep * (0.16 + 0.08 * second))} {W} {n(base - steep * 0.03)}",
    )


def _woods(layer: Layer, chance: Chance) -> str:
    hills = _hills(layer, chance)
    if not layer.place:
        return hills
    foot = TOP + (BOTTOM - TOP) * (0.75 if layer.place == 1 else 0.875)
    firs = "".join(
        _fir(chance() * W, foot, (0.085 + 0.05 * chance()) * H, layer.place) for _ in range(10 - layer.place)
    )
    colour = layer.palette.near if layer.place == 1 else layer.palette.deep
    return f'{hills}<path fill="{colour}" d="{firs}"/>'


def _fir(x: float, foot: float, height: float, place: int) -> str:
    half = height * (0.24 if place == 1 else 0.26)
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
SHAPES: dict[str, Shape] = {
    "computing": _terraces,
    "data": _peaks,
    "health": _wave,
    "education": _hills,
    "society": _domes,
    "ecology": _woods,
    "languages": _scales,
}
