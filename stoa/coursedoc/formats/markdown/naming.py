"""Names that nobody had to think of: ids from titles and file names."""

import hashlib
import re
import unicodedata
from collections import Counter

_NUMBER = re.compile(r"^[0-9]+[-_. ]+")


def slug(words: str) -> str:
    """The words as a name of small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return name or (f"n{hashlib.sha256(words.encode()).hexdigest()[:8]}" if words else "")


def from_file(name: str) -> str:
    """The id that a file or folder gives, its number left out: `02-counting.md` gives `counting`."""
    return slug(_NUMBER.sub("", name) or name)


def title_from_file(name: str) -> str:
    """The title that a file or folder gives: `02-counting-with-for` gives `Counting with for`."""
    words = re.sub(r"[-_]+", " ", _NUMBER.sub("", name) or name).strip()
    return words[:1].upper() + words[1:]


class Names:
    """Gives ids to the items of one step that have none: `step-quiz`, then `step-quiz-2`."""

    def __init__(self, step_id: str) -> None:
        self._step_id = step_id
        self._given: Counter[str] = Counter()

    def next(self, kind: str) -> str:
        """The id of the step's next item of this kind."""
        self._given[kind] += 1
        number = self._given[kind]
        return f"{self._step_id}-{kind}" + (f"-{number}" if number > 1 else "")


def step_id(lesson_id: str, title: str) -> str:
    """The id of a step that has none: from its lesson and its title."""
    name = slug(title)
    return f"{lesson_id}-{name}" if name and name != lesson_id else lesson_id
