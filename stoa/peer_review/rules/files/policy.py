"""Which files an assignment takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from stoa.coursedoc.model import FilePolicy
from stoa.peer_review.rules.files.kinds import NEVER, begins_right, kind_of
from stoa.peer_review.rules.files.names import ending_of

USUAL = ("pdf", "docx", "odt", "txt", "md", "png", "jpg", "jpeg")
IMAGES = ("png", "jpg", "jpeg", "gif", "webp")
WILD = {
    "image/*": IMAGES,
    "text/*": ("txt", "md", "csv"),
    "audio/*": ("mp3", "m4a", "wav"),
    "video/*": ("mp4", "m4v", "mov"),
}
SMALLEST, LARGEST = 0.01, 100.0
MEGABYTE = 1_000_000
HEAD = 64


class Trouble(StrEnum):
    """Why a file is not taken."""

    KIND = "kind"
    """An ending that the assignment does not take, or nobody should."""
    CONTENT = "content"
    """The content is not what the ending says."""
    SIZE = "size"
    EMPTY = "empty"
    MANY = "many"
    QUOTA = "quota"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class FileRules:
    """The endings that are taken, and the most that a file may have."""

    endings: tuple[str, ...]
    megabytes: float

    @property
    def most(self) -> int:
        """In bytes."""
        return int(self.megabytes * MEGABYTE)


def policy_of(policy: FilePolicy) -> FileRules:
    """What an assignment's own policy comes to: documents and pictures where it names no endings."""
    named = [ending for kind in policy.types for ending in _endings(kind)] or list(USUAL)
    endings = tuple(dict.fromkeys(ending for ending in named if ending not in NEVER))
    return FileRules(endings=endings, megabytes=min(LARGEST, max(SMALLEST, policy.megabytes)))


def check(rules: FileRules, *, name: str, size: int, head: bytes) -> Trouble | None:
    """Why a file with this name, size and beginning is not taken; None where it is."""
    ending = ending_of(name)
    if ending not in rules.endings or ending in NEVER:
        return Trouble.KIND
    if size == 0:
        return Trouble.EMPTY
    if size > rules.most:
        return Trouble.SIZE
    return None if begins_right(kind_of(ending).family, head[:HEAD]) else Trouble.CONTENT


def _endings(kind: str) -> Sequence[str]:
    told = kind.strip().lower().removeprefix(".")
    return WILD.get(told, (told,) if told.isalnum() else ())
