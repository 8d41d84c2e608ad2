"""A cover from a course's id, its landscape and its weeks: the same input gives the same bytes."""

from stoa.site.rules.covers.chance import Chance
from stoa.site.rules.covers.landscapes import BOTTOM, TOP, H, W, landscape, n
from stoa.site.rules.covers.palette import Palette, day, night
from stoa.site.rules.covers.porch import FRIEZES, Porch, porch


def cover(course: str, seen: str, columns: int, *, by_night: bool) -> str:
    """The course's view from the porch."""
    palette, chance = (night if by_night else day)(seen), Chance(course)
    sun_x, radius = W * (0.22 + 0.56 * chance()), H * (0.13 + 0.09 * chance())
    sun_y = TOP + (BOTTOM - TOP) * (0.24 + 0.32 * chance())
    ground = landscape(seen, chance, palette)
    size = Porch(
        width=W, height=H, lintel=TOP, columns=columns, sun_x=sun_x, frieze=FRIEZES[int(chance() * len(FRIEZES))]
    )
    return _svg(size, _sky(size, palette, y=sun_y, radius=radius) + ground + porch(size, palette))


def panorama(*, by_night: bool) -> str:
    """The wide view of the catalogue: two hills and a flat sea behind thirteen columns."""
    palette = (night if by_night else day)("computing")
    size = Porch(width=1440, height=340, lintel=38, columns=13, sun_x=742, frieze="discs")
    return _svg(size, _sky(size, palette, y=172, radius=54) + _hills_and_sea(palette) + porch(size, palette))


def _svg(size: Porch, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}" '
        f'width="{size.width}" height="{size.height}" preserveAspectRatio="xMidYMid slice">{drawn}</svg>\n'
    )


def _sky(size: Porch, palette: Palette, *, y: float, radius: float) -> str:
    circle = f'<circle cx="{n(size.sun_x)}" cy="{n(y)}" fill="{palette.sun}"'
    return (
        f'<path fill="{palette.sky}" d="M0 0h{size.width}v{n(size.floor)}H0z"/>'
        f'{circle} r="{n(radius * 1.55)}" opacity="{palette.halo}"/>{circle} r="{n(radius)}"/>'
    )


def _hills_and_sea(palette: Palette) -> str:
    firs = "".join(
        f"M{x - half} 218l{half}-{high} {half} {high}z"
        for x, half, high in (
            (149, 11, 49), (224, 12, 54), (260, 13, 58), (383, 12, 52), (827, 8, 38), (917, 8, 36), (1154, 11, 36),
            (1170, 9, 40), (1299, 8, 38),
        )
    )  # fmt: skip  # a table, read by its rows
    wave = "q19.7-8 39.4 0" + "t39.4 0" * 36
    return (
        f'<path fill="{palette.far}" d="M0 145C180 92 330 92 470 112S730 170 870 166 1140 90 1440 146V289H0z"/>'
        f'<path fill="{palette.mid}" d="M0 213C200 152 400 148 560 172S760 210 860 206 1200 152 1440 190V289H0z"/>'
        f'<path fill="{palette.near}" d="{firs}M0 247{wave}V289H0z"/>'
    )
