"""How alike texts are, in any script: words, and bigrams where a script writes no spaces."""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

# Han, Kana, Thai, Lao, Khmer, Burmese: written without spaces between words.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_QUOTED = re.compile('["\u201c\u201e\u00ab\u300c]([^"\u201c\u201d\u00bb\u300d\n]{1,400})["\u201d\u201c\u00bb\u300d]')
_RUN = 4


def words(text: str) -> list[str]:
    """The words in order, folded: case, width and marks of composition make no difference."""
    folded = text.casefold()
    if folded.isascii():
        return _WORD.findall(folded)
    folded = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    found: list[str] = []
    for word in _WORD.findall(folded):
        found += _bigrams(word) if _UNSPACED.search(word) else [word.replace("\u2019", "'")]
    return found


def runs(text: str, length: int = _RUN) -> frozenset[tuple[str, ...]]:
    """Runs of so many words; a shorter text is one run."""
    spoken = words(text)
    if not spoken:
        return frozenset()
    return frozenset(tuple(spoken[at : at + length]) for at in range(max(len(spoken) - length + 1, 1)))


def likeness(one: str, other: str) -> float:
    """The share of word pairs that two texts have in common, 0 to 1."""
    return overlap(runs(one, 2), runs(other, 2))


def overlap(one: AbstractSet[tuple[str, ...]], other: AbstractSet[tuple[str, ...]]) -> float:
    """The share of runs in both among those in either (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def contained(part: str, whole: str) -> float:
    """The share of a text's word pairs that another text has too, 0 to 1."""
    mine = runs(part, 2)
    return len(mine & runs(whole, 2)) / len(mine) if mine else 0.0


def quotes(comment: str, work: str) -> bool:
    """True where a comment quotes the work: a passage in quotation marks, or four words in a row."""
    told = runs(work)
    if runs(comment) & told and len(words(comment)) > _RUN:
        return True
    said = " ".join(words(work))
    return any(" ".join(words(passage)) in said for passage in _QUOTED.findall(comment) if words(passage))


def without_quotes(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def most_alike(text: str, others: Iterable[str]) -> float:
    """How much a text is like the one of the others that it is most like, 0 to 1."""
    mine = runs(text, 2)
    return max((overlap(mine, runs(other, 2)) for other in others), default=0.0)


def _bigrams(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(max(len(run) - 1, 1))]
