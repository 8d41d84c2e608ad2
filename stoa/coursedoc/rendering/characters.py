"""Which characters a page may hold."""

import re

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand around the number of a formula while the text is made safe; no text has them of its own."""

PLACE = re.compile(f"{OPEN}([0-9]{{1,7}}){CLOSE}")

# Controls, halves of surrogate pairs, private use and non-characters: no reader sees them, and checkers refuse them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U000e0000\U000e0002-\U0010ffff]"
)
_LINE_ENDS = re.compile("\r\n?|\x0c")


def tidy(source: str) -> str:
    """The source without characters that no page may hold, lines ended by a newline."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", source))
