"""Draws the world map: TopoJSON of Natural Earth in, one SVG shape a country out, in the Equal Earth projection.

python tools/assets/world.py countries-50m.json world.svg
"""

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from babel.core import get_global

Place = tuple[float, float]
"""Longitude and latitude."""
Point = tuple[int, int]
Ring = list[Point]

# Whole units keep the file small: a unit is a pixel where the map is as wide as a page.
WIDTH, HEIGHT = 1000, 452
TOP = 84.0
"""The northernmost latitude; Antarctica is left out."""
LEFT_OUT = {"010"}
# Without a number of ISO 3166: one has a code of its own, the others lie in what the UN calls one country.
NAMED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
DOT = 2
"""Half the width of a country that is smaller than that, so that it can be seen and chosen."""
ISLET = 3.0
"""Rings of a smaller area are left out where a country has a larger one."""
BEND = 0.45
"""A point that lies so little beside the line of its neighbours is left out."""
# https://doi.org/10.1080/13658816.2018.1504949
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


class Transform(TypedDict):
    """How a file's whole numbers become degrees."""

    scale: tuple[float, float]
    translate: tuple[float, float]


class Geometry(TypedDict, total=False):
    """One country."""

    id: str
    type: str
    arcs: list[list[int]] | list[list[list[int]]]
    properties: Mapping[str, str]


class Collection(TypedDict):
    """The countries of a file."""

    geometries: list[Geometry]


class Topology(TypedDict):
    """What of a TopoJSON file is read."""

    transform: Transform
    arcs: list[list[tuple[int, int]]]
    objects: Mapping[str, Collection]


def main(source: str, target: str) -> None:
    """Write the map."""
    topology: Topology = json.loads(Path(source).read_text(encoding="utf-8"))
    shapes = shapes_of(topology)
    paths = "".join(f'<path id="{code}" d="{shape}"/>\n' for code, shape in sorted(shapes.items()))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
    Path(target).write_text(f"{head}{paths}</svg>\n", encoding="utf-8")


def shapes_of(topology: Topology) -> dict[str, str]:
    """The path of every country, by its code of two letters."""
    arcs = [thinned(arc) for arc in arcs_of(topology)]
    found: dict[str, list[Ring]] = {}
    sizes: dict[str, float] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = code_of(country)
        rings = [ring_of(arcs, ring) for ring in rings_in(country)]
        size = sum(abs(area(ring)) for ring in rings)
        if country["properties"]["name"] in NAMED:
            found[code] = [*found.get(code, []), *rings]
        # One number stands twice: for a country and for rocks of it.
        elif code and size >= sizes.get(code, -1):
            found[code] = [*rings, *([] if code in sizes else found.get(code, []))]
            sizes[code] = size
    return {code: path_of(rings) for code, rings in found.items()}


def code_of(country: Geometry) -> str:
    """Two letters, nothing where the country isn't shown."""
    number, name = country.get("id", ""), country["properties"]["name"]
    codes = get_global("territory_aliases").get(number, []) if number not in LEFT_OUT else []
    return NAMED.get(name) or (codes[0] if codes else "")


def arcs_of(topology: Topology) -> Iterator[list[Place]]:
    """Every arc in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line: list[Place] = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * kx + dx, y * ky + dy))
        yield line


def placed(place: Place) -> Point:
    """Where a place stands on the map."""
    x, y = equal_earth(*place)
    scale = WIDTH / (2 * equal_earth(180, 0)[0])
    return round(WIDTH / 2 + scale * x), round(scale * (equal_earth(0, TOP)[1] - y))


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """The projection of Šavrič, Patterson and Jenny: areas are true."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2, t6 = t * t, t**6
    x = math.radians(longitude) * math.cos(t) / (math.sqrt(3) / 2 * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    return x, t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))


def thinned(line: list[Place]) -> list[Place]:
    """The line without places that nobody would miss; neighbours share arcs, so borders still meet."""
    if len(line) < 3:  # noqa: PLR2004 -- a line has two ends
        return line
    first, *between, last = (placed(place) for place in line)
    far, at = max((beside(point, first, last), n) for n, point in enumerate(between, start=1))
    if far <= BEND:
        return [line[0], line[-1]]
    return [*thinned(line[: at + 1]), *thinned(line[at:])[1:]]


def beside(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length if length else math.hypot(x - x1, y - y1)


def rings_in(country: Geometry) -> Iterator[Sequence[int]]:
    """The rings of a country, each a list of arcs."""
    for part in country["arcs"]:
        for ring in part:
            if isinstance(ring, int):
                yield [one for one in part if isinstance(one, int)]
                break
            yield ring


def ring_of(arcs: Sequence[list[Place]], ring: Sequence[int]) -> Ring:
    """The points of a ring; an arc with a number below zero is walked from its end."""
    places = [place for number in ring for place in (arcs[number] if number >= 0 else arcs[~number][::-1])]
    points: Ring = []
    for point in map(placed, together(places)):
        if not points or point != points[-1]:
            points.append(point)
    return points


def together(places: Sequence[Place]) -> list[Place]:
    """The places of a ring side by side, where it crosses the line of the date too."""
    turned: list[Place] = []
    for longitude, latitude in places:
        before = turned[-1][0] if turned else longitude
        turned.append((longitude - 360 * round((longitude - before) / 360), latitude))
    middle = sum(longitude for longitude, _ in turned) / len(turned)
    return [(longitude - 360 * round(middle / 360), latitude) for longitude, latitude in turned]


def area(ring: Ring) -> float:
    """Twice signed, halved: the area inside."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2


def path_of(rings: list[Ring]) -> str:
    """The rings as one path; a country too small to be seen becomes a dot."""
    large = [ring for ring in rings if abs(area(ring)) >= ISLET]
    if large:
        return "".join(relative(ring) for ring in large)
    x, y = max(rings, key=lambda ring: abs(area(ring)))[0]
    return f"M{x - DOT} {y - DOT}h{2 * DOT}v{2 * DOT}h-{2 * DOT}z"


def relative(ring: Ring) -> str:
    """A ring as steps from point to point."""
    (x, y), *rest = ring
    drawn = [f"M{x} {y}"]
    for to_x, to_y in rest[:-1] if rest and rest[-1] == ring[0] else rest:
        step = f"{to_x - x} {to_y - y}".replace(" -", "-")
        drawn.append(step if len(drawn) > 1 and step.startswith("-") else f"{'l' if len(drawn) == 1 else ' '}{step}")
        x, y = to_x, to_y
    return "".join(drawn) + "z"


if __name__ == "__main__":
    main(*sys.argv[1:])
