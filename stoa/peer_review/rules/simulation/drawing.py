"""The comparison as a picture: on-time work without a review by the promised moment, a bar for each rule."""

from collections.abc import Iterator, Sequence
from html import escape

from stoa.peer_review.rules.simulation.comparing import Row

_WIDTH, _LEFT, _BAR, _GAP, _HEAD = 760, 150, 22, 6, 34
_COLOURS = {"ours": "#1f7a5c"}
_OTHER = "#c9805a"


def as_svg(rows: Sequence[Row], *, title: str) -> str:
    """An SVG picture with its figures as text."""
    dropouts = list(dict.fromkeys(row.dropout for row in rows))
    lines: list[str] = []
    y = 56
    for dropout in dropouts:
        lines.append(_text(16, y + 16, f"{dropout:.0%} of reviewers left", bold=True))
        y += _HEAD
        for row in (row for row in rows if row.dropout == dropout):
            lines.extend(_bar(row, y))
            y += _BAR + _GAP
        y += 14
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y + 20}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="14"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>'
    )
    return "\n".join([head, _text(16, 30, title, bold=True), *lines, "</svg>"])


def _bar(row: Row, y: int) -> Iterator[str]:
    share = float(row.figures["unreviewed_share"] or 0)
    room = _WIDTH - _LEFT - 250
    yield _text(_LEFT - 10, y + 16, row.rule, end=True)
    yield f'<rect x="{_LEFT}" y="{y}" width="{room}" height="{_BAR}" fill="#f1efe9"/>'
    colour = _COLOURS.get(row.rule, _OTHER)
    yield f'<rect x="{_LEFT}" y="{y}" width="{room * share:.1f}" height="{_BAR}" fill="{colour}"/>'
    staff = float(row.figures["staff_share"] or 0)
    yield _text(_LEFT + room + 10, y + 16, f"{share:.1%} without a review, {staff:.1%} by staff")


def _text(x: int, y: int, words: str, *, bold: bool = False, end: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    anchor = ' text-anchor="end"' if end else ""
    return f'<text x="{x}" y="{y}" fill="#222"{weight}{anchor}>{escape(words)}</text>'
