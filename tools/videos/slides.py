"""Draws a slide in Stoa's look: dark ink, one thought, the pillars in the corner."""

import re
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from tools.videos.scripts import Scene

WIDTH, HEIGHT = 1280, 720
_FONTS = "/usr/share/fonts/truetype/dejavu/"
_INK, _PAPER, _QUIET, _SUN = "#0f262e", "#f4f1e8", "#9fb3ba", "#e3a32a"
_LABELS = (("#a9d0d6", "#15222a"), ("#f0b6d2", "#15222a"), ("#e3a32a", "#15222a"), ("#a9dcb8", "#15222a"))
_MARKS = {"keyword": "#f0a3cf", "string": "#8fd9a8", "comment": "#93a1a8", "plain": "#f4f1e8"}
_PIECES = re.compile(
    r"(?P<comment>\#.*)|(?P<string>\"[^\"]*\"|'[^']*'|\b\d+(?:\.\d+)?\b)"
    r"|(?P<keyword>\b(?:and|def|elif|else|False|for|from|if|import|in|not|or|return|True|while)\b)|(?P<plain>\w+|\W)"
)
_LEFT, _TOP, _LINE = 88, 206, 58


def _font(size: int, name: str = "DejaVuSans.ttf") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS + name, size)


_TITLE, _POINT, _LABEL, _CODE = _font(50), _font(36), _font(28), _font(36, "DejaVuSansMono.ttf")


def draw(scene: Scene, shown: int | None) -> Image.Image:
    """The slide with as many of its points and labels as are shown."""
    slide = Image.new("RGB", (WIDTH, HEIGHT), _INK)
    pen = ImageDraw.Draw(slide)
    pen.rectangle((0, 0, WIDTH, 9), fill=_SUN)
    pen.text((_LEFT, 80), scene.title, font=_TITLE, fill=_PAPER)
    last = len(scene.points) + len(scene.labels) if shown is None else shown
    below = _code(pen, scene, last)
    _points(pen, scene.points[:last], below)
    _output(pen, scene.output)
    _mark(pen)
    return slide


def _code(pen: ImageDraw.ImageDraw, scene: Scene, shown: int) -> int:
    labelled = {label.line: n for n, label in enumerate(scene.labels)}
    for n, line in enumerate(scene.code):
        y = _TOP + n * _LINE
        end = _colourful(pen, line, y)
        if (number := labelled.get(n + 1, shown)) < shown:
            _label(pen, scene.labels[number].words, number, y, end)
    return _TOP + len(scene.code) * _LINE + (24 if scene.code else 0)


def _colourful(pen: ImageDraw.ImageDraw, line: str, y: int) -> float:
    x = float(_LEFT)
    for match in _PIECES.finditer(line):
        pen.text((x, y), match[0], font=_CODE, fill=_MARKS[str(match.lastgroup)])
        x += pen.textlength(match[0], font=_CODE)
    return x


def _label(pen: ImageDraw.ImageDraw, words: str, number: int, y: int, end: float) -> None:
    ground, ink = _LABELS[number % len(_LABELS)]
    width = pen.textlength(words, font=_LABEL) + 44
    left = max(WIDTH - _LEFT - max(width, 330), end + 40)
    for x in range(int(end) + 24, int(left) - 12, 14):
        pen.ellipse((x, y + 22, x + 4, y + 26), fill=ground)
    pen.rounded_rectangle((left, y - 4, left + max(width, 330), y + 48), 6, fill=ground)
    pen.text((left + 22, y + 4), words, font=_LABEL, fill=ink)


def _points(pen: ImageDraw.ImageDraw, points: Sequence[str], top: int) -> None:
    for n, point in enumerate(points):
        y = top + n * 70
        pen.rectangle((_LEFT, y + 8, _LEFT + 10, y + 42), fill=_LABELS[n % len(_LABELS)][0])
        pen.text((_LEFT + 34, y), point, font=_POINT, fill=_PAPER)


def _output(pen: ImageDraw.ImageDraw, lines: Sequence[str]) -> None:
    if not lines:
        return
    height = 44 + 46 * len(lines)
    top = HEIGHT - 60 - height
    pen.rounded_rectangle((WIDTH - 520, top, WIDTH - _LEFT, top + height), 10, outline=_QUIET, width=2)
    for n, line in enumerate(lines):
        pen.text((WIDTH - 492, top + 20 + n * 46), line, font=_font(30, "DejaVuSansMono.ttf"), fill=_QUIET)


def _mark(pen: ImageDraw.ImageDraw) -> None:
    x, y = _LEFT, HEIGHT - 108
    pen.rectangle((x, y, x + 72, y + 12), fill=_PAPER)
    for column in (6, 30, 54):
        pen.rectangle((x + column, y + 18, x + column + 12, y + 54), fill=_PAPER)
    pen.rectangle((x, y + 60, x + 72, y + 67), fill=_PAPER)
