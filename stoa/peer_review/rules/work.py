"""What is handed in: whether it can be, whether there is anything in it, whether it is the same as other work."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

from stoa.coursedoc.model import Assignment
from stoa.coursedoc.model.assignments import Need

LONGEST_ANSWER = 100_000
LONGEST_CODE = 200_000
LONGEST_LINK = 2000
MOST_LINKS = 10
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_NOTHING = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Work:
    """What stands in the form: an answer in Markdown for each prompt, code, links, and tokens of files."""

    answers: tuple[str, ...] = ()
    code: str = ""
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Lack(StrEnum):
    """Why work can't be handed in as it stands."""

    ANSWER_MISSING = "answer missing"
    CODE_MISSING = "code missing"
    LINK_MISSING = "link missing"
    FILE_MISSING = "file missing"
    NOTHING = "nothing"
    """All is optional, and nothing is there."""
    ANSWER_TOO_LONG = "answer too long"
    CODE_TOO_LONG = "code too long"
    LINK_UNUSABLE = "link unusable"
    TOO_MANY_LINKS = "too many links"
    TOO_MANY_FILES = "too many files"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is lacking, and in which field: answer, code, links or files."""

    lack: Lack
    field: str
    number: int = 0
    """Of the answer or the link, from 0."""


def tidy(work: Work) -> Work:
    """The work as it is kept: no NUL, one kind of line break, links without spaces around them, none empty."""
    return Work(
        answers=tuple(_lines(one) for one in work.answers),
        code=_lines(work.code),
        links=tuple(one.strip().replace("\0", "") for one in work.links if one.strip()),
        files=tuple(dict.fromkeys(work.files)),
    )


def faults(work: Work, asked: Assignment) -> tuple[Fault, ...]:
    """What has to be mended before the work can be handed in."""
    found = [*_too_much(work, asked), *_missing(work, asked)]
    if not found and is_blank(work):
        found.append(Fault(lack=Lack.NOTHING, field="answer"))
    return tuple(found)


def is_blank(work: Work) -> bool:
    """Nothing but spaces and signs, and no file or link."""
    texts = (*work.answers, work.code)
    return not (work.files or work.links or any(_NOTHING.sub("", text) for text in texts))


def words(work: Work) -> int:
    """How many words the answers have."""
    return sum(len(_WORD.findall(answer)) for answer in work.answers)


def fingerprint(work: Work, digests: Iterable[str]) -> str:
    """Equal for work that is the same but for spaces, capitals and the forms of characters."""
    same = (_same(text) for text in (*work.answers, work.code, *sorted(work.links)))
    return sha256("\0".join([*same, *sorted(digests)]).encode()).hexdigest()


def receipt(work: Work, *, number: int) -> str:
    """Names one hand-in: the exact work as version `number`."""
    parts: Sequence[str] = (str(number), *work.answers, "\1", work.code, "\1", *work.links, "\1", *sorted(work.files))
    return sha256("\0".join(parts).encode()).hexdigest()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _same(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def _too_much(work: Work, asked: Assignment) -> Iterator[Fault]:
    for number, answer in enumerate(work.answers):
        if len(answer) > LONGEST_ANSWER:
            yield Fault(lack=Lack.ANSWER_TOO_LONG, field="answer", number=number)
    if len(work.code) > LONGEST_CODE:
        yield Fault(lack=Lack.CODE_TOO_LONG, field="code")
    if len(work.links) > MOST_LINKS:
        yield Fault(lack=Lack.TOO_MANY_LINKS, field="links")
    for number, link in enumerate(work.links):
        if not is_link(link):
            yield Fault(lack=Lack.LINK_UNUSABLE, field="links", number=number)
    if len(work.files) > most_files(asked):
        yield Fault(lack=Lack.TOO_MANY_FILES, field="files")


def _missing(work: Work, asked: Assignment) -> Iterator[Fault]:
    if asked.text_answer is Need.REQUIRED:
        for number in range(max(1, len(asked.prompts))):
            if number >= len(work.answers) or not work.answers[number].strip():
                yield Fault(lack=Lack.ANSWER_MISSING, field="answer", number=number)
    if asked.code is Need.REQUIRED and not work.code.strip():
        yield Fault(lack=Lack.CODE_MISSING, field="code")
    if asked.links is Need.REQUIRED and not work.links:
        yield Fault(lack=Lack.LINK_MISSING, field="links")
    if asked.files.need is Need.REQUIRED and not work.files:
        yield Fault(lack=Lack.FILE_MISSING, field="files")


def most_files(asked: Assignment) -> int:
    """How many files may be handed in."""
    if asked.files.need is Need.NONE:
        return 0
    return max(1, min(asked.files.at_most, 20)) if asked.files.several else 1


def is_link(link: str) -> bool:
    """A web address that a reader can open, with no name or password in it."""
    if len(link) > LONGEST_LINK or _SPACES.search(link):
        return False
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and "@" not in parts.netloc and port != 0
