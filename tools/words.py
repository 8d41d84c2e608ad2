"""The words of insiders on screen: what visitors read says learner, assignment, quiz, score, credential.

python -m tools.words        prints where an outsider's word is shown, and exits with 1 if any is
"""

import re
import sys
from collections.abc import Iterator

from tools.messages import ROOT, on_screen

# Each outsider's word with the insider's (R035).
PAIRS = {
    "homework": "assignment",
    "certificate": "credential",
    "teacher": "instructor",
    "student": "learner",
    "online class": "MOOC",
    "video lecture": "MOOC video",
    "discussion forum": "peer forum",
    "test": "quiz",
    "grade": "score",
    "platform": "LMS",
}
_FOUND = {word: re.compile(rf"\b{word}(?:s|es|d)?\b", re.IGNORECASE) for word in PAIRS}
# Help explains the words of other sites, so it may say them.
_EXPLAINS = "words of other sites"


def main() -> int:
    """Look at every word on screen."""
    problems = [
        f"“{shown}”: say {PAIRS[word]}, not {word} (R035)" for shown in shown_words() for word in outsiders(shown)
    ]
    print(*problems, sep="\n", end="\n" if problems else "")
    return int(bool(problems))


def shown_words() -> Iterator[str]:
    """Every sentence that templates and code show."""
    for entry in on_screen(ROOT / "stoa"):
        yield from (entry.id,) if isinstance(entry.id, str) else entry.id


def outsiders(shown: str) -> list[str]:
    """The outsider's words in a sentence."""
    if _EXPLAINS in shown:
        return []
    return [word for word, pattern in _FOUND.items() if pattern.search(shown)]


if __name__ == "__main__":
    sys.exit(main())
