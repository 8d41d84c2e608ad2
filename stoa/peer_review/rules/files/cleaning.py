"""What is taken out of each family of files. Only a child process imports this."""

from collections.abc import Callable, Mapping

from stoa.peer_review.rules.files import images, jpegs, office, pdfs, sounds, texts
from stoa.peer_review.rules.files.archives import Bounds, rewritten
from stoa.peer_review.rules.files.kinds import NEVER, Family, begins_right, kind_of
from stoa.peer_review.rules.files.names import ending_of
from stoa.peer_review.rules.files.unreadable import Unreadable

MOST_PACKED = 200
_CLEANERS: Mapping[Family, Callable[[bytes], bytes]] = {
    Family.TEXT: texts.text,
    Family.NOTEBOOK: texts.notebook,
    Family.JPEG: jpegs.jpeg,
    Family.PNG: images.png,
    Family.GIF: images.gif,
    Family.WEBP: images.webp,
    Family.PDF: pdfs.pdf,
    Family.OFFICE: office.office,
    Family.MP4: sounds.mp4,
    Family.MP3: sounds.mp3,
    Family.WAV: sounds.wav,
}


def cleaned(family: Family, data: bytes) -> bytes:
    """The file without what it says of its author.

    Raises Unreadable.
    """
    if family is Family.ARCHIVE:
        return rewritten(data, _packed, bounds=Bounds(entries=MOST_PACKED))
    cleaner = _CLEANERS.get(family)
    return cleaner(data) if cleaner else data


def _packed(name: str, content: bytes) -> bytes:
    """A file in an archive: as strict as one alone, and no archive in it."""
    ending = ending_of(name)
    family = kind_of(ending).family
    if ending in NEVER or family is Family.ARCHIVE:
        raise Unreadable(f"It holds {name}, which readers can't open safely. Pack it without that.")
    if not begins_right(family, content[:64]):
        raise Unreadable(f"In it, {name} is not what its ending says. Save that file again.")
    return cleaned(family, content)
