"""PDF documents without authors, programs and paths, and without what acts when they are opened.

Only a child process imports this: the library weighs much, and documents of strangers may break it.
"""

import io
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from stoa.peer_review.rules.files.jpegs import jpeg
from stoa.peer_review.rules.files.unreadable import Unreadable

MOST_PAGES = 2_000
_ROOT_TELLING = ("/Metadata", "/OpenAction", "/AA", "/PieceInfo", "/Perms", "/Collection", "/AF")
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF")
_NAMES_ACTING = ("/JavaScript", "/EmbeddedFiles")
_MARK_TELLING = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/AA", "/FS")
_QUIET_ACTIONS = {"/URI", "/GoTo", "/Named"}
_SIGNED = "/Sig"
LOCKED = "It is locked with a password. Save it without one."
BROKEN = "The document can't be opened. Save or print it as PDF again."


def pdf(data: bytes) -> bytes:
    """The document, saying nothing of who made it and doing nothing by itself.

    Raises Unreadable.
    """
    try:
        return _written(_checked(PdfReader(io.BytesIO(data), strict=False)))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise Unreadable(BROKEN) from error


def _checked(reader: PdfReader) -> PdfReader:
    if reader.is_encrypted:
        raise Unreadable(LOCKED)
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise Unreadable(BROKEN)
    return reader


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    root = writer.root_object
    _drop(root, _ROOT_TELLING)
    names = root.get("/Names")
    if names is not None:
        _drop(names.get_object(), _NAMES_ACTING)
    for thing in _dictionaries(writer):
        _quieten(thing)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """Every dictionary of the document, those inside others too."""
    waiting: list[PdfObject] = [thing for thing in writer._objects if thing is not None]  # noqa: SLF001 -- all there are
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)


def _quieten(thing: DictionaryObject) -> None:
    _drop(thing, _TELLING)
    if thing.get("/Subtype") == "/Image" and thing.get("/Filter") in {"/DCTDecode", ["/DCTDecode"]}:
        _clean_picture(thing)
    if "/Rect" in thing and "/Subtype" in thing and thing.get("/Subtype") != "/Widget":
        _drop(thing, _MARK_TELLING)
    for name in ("/A", "/JS", "/Launch"):
        action = thing.get(name)
        acts = action.get_object() if action is not None else None
        if name != "/A" or (isinstance(acts, DictionaryObject) and acts.get("/S") not in _QUIET_ACTIONS):
            _drop(thing, (name,))


def _clean_picture(thing: DictionaryObject) -> None:
    if isinstance(thing, StreamObject):
        try:
            thing._data = jpeg(thing._data)  # noqa: SLF001 -- the bytes as they stand, not decoded
        except Unreadable:
            return
        thing[NameObject("/Filter")] = NameObject("/DCTDecode")


def _drop(thing: PdfObject, names: tuple[str, ...]) -> None:
    if isinstance(thing, DictionaryObject):
        for name in names:
            if name in thing:
                del thing[name]
