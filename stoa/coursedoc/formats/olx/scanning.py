"""Finding tags and pairs of marks in HTML that nobody has checked, in time that grows with its length only."""

import re
from collections.abc import Callable, Iterator

START = re.compile(r"<[a-zA-Z]")
TAG = re.compile(r"""<[a-zA-Z][^\s/>"'<]*+(?:[^>"'<]|"[^"]*"|'[^']*')*+>""")
PATIENCE = 500
"""Tags with an open quote that a text may have before the rest is taken as words."""


def tags(source: str) -> Iterator[re.Match[str]]:
    """Every whole tag of a text."""
    place, failed = 0, 0
    while failed < PATIENCE and (start := START.search(source, place)):
        tag = TAG.match(source, start.start())
        if tag:
            yield tag
            place = tag.end()
            continue
        place = start.end()
        beyond = source.find("<", place)
        failed += '"' in source[place:beyond] or "'" in source[place:beyond]


def change_tags(source: str, change: Callable[[str], str]) -> str:
    """The text with every tag changed."""
    pieces, place = [], 0
    for tag in tags(source):
        pieces += [source[place : tag.start()], change(tag[0])]
        place = tag.end()
    return "".join([*pieces, source[place:]])


def change_spans(
    source: str, opening: re.Pattern[str], closing: re.Pattern[str], change: Callable[[re.Match[str], str | None], str]
) -> str:
    """The text with every span changed; a span that is never closed is its opening mark and None."""
    pieces, place, closed = [], 0, True
    while start := opening.search(source, place):
        end = closing.search(source, start.end()) if closed else None
        closed = end is not None
        inside = source[start.end() : end.start()] if end else None
        pieces += [source[place : start.start()], change(start, inside)]
        place = end.end() if end else start.end()
    return "".join([*pieces, source[place:]])
