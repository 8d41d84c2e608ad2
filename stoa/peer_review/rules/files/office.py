"""Documents of office programs without authors, companies, paths, macros and things fetched from elsewhere."""

import re
from collections.abc import Mapping

from stoa.peer_review.rules.files import images, jpegs
from stoa.peer_review.rules.files.archives import rewritten
from stoa.peer_review.rules.files.unreadable import Unreadable

_NAMESPACE = "http://schemas.openxmlformats.org"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_ANEW: Mapping[str, str] = {
    "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_NAMESPACE}/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": f'{_HEAD}<Properties xmlns="{_NAMESPACE}/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'{_HEAD}<Properties xmlns="{_NAMESPACE}/officeDocument/2006/custom-properties"/>',
    "meta.xml": f'{_HEAD}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:version="1.3"/>',
}
"""Parts that only tell of the making of a document."""
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|Basic/|Scripts/|activeX/)", re.IGNORECASE)
_TELLING_PARTS = re.compile(
    r"(^|/)(comments[^/]*|commentAuthors|people|authors|persons?|threadedComment[^/]*|footnotes|endnotes)"
    r"[^/]*\.xml$"
)
_AUTHORS = re.compile(r'\s((?:w|w14|w15|w16du):(?:author|initials|userId|providerId))="[^"]*"')
_ELEMENTS = re.compile(
    r"(<((?:dc:creator|dc:publisher|meta:initial-creator|meta:creator-initials|cp:lastModifiedBy|author|text:sender-[\w-]+))"
    r"(?:\s[^>]*)?>)[^<]*(?=</\2>)"
)
_PATHS = re.compile(r"<(x15ac:absPath|fileSharing)\b[^>]*/>")
_NAMES = re.compile(r'\s(name|initials|displayName|userId|providerId)="[^"]*"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*?/?>")
_OUTSIDE = re.compile(r"""TargetMode\s*=\s*["']External["']""")
_LINK = re.compile(r"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_ADDRESS = re.compile(r"""Target\s*=\s*["'](?:https?|mailto):""", re.IGNORECASE)
_ODF_FETCH = re.compile(r'(<draw:(?:image|object|object-ole|plugin)\b[^>]*?)\sxlink:href="(?:[a-z]+:)?//[^"]*"')


def office(data: bytes) -> bytes:
    """The document, saying nothing of who made it.

    Raises Unreadable.
    """
    names: set[str] = set()

    def change(name: str, content: bytes) -> bytes | None:
        names.add(name)
        return _changed(name, content)

    made = rewritten(data, change)
    if not names & {"[Content_Types].xml", "mimetype"}:
        raise Unreadable("It is no document of an office program. Save it again.")
    return made


def _changed(name: str, content: bytes) -> bytes | None:
    if _MACROS.search(name):
        raise Unreadable("It holds macros. Save it without them: as .docx, .xlsx, .pptx or as an OpenDocument file.")
    if name in _ANEW:
        return _ANEW[name].encode()
    if name.endswith((".xml", ".rels")):
        return _xml(name, content).encode()
    return _picture(name, content)


def _xml(name: str, content: bytes) -> str:
    try:
        told = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("Parts of it can't be read. Save it again.") from error
    if "<!DOCTYPE" in told or "<!ENTITY" in told:
        raise Unreadable("Parts of it can't be read. Save it again.")
    if name.endswith(".rels"):
        return _RELATION.sub(lambda found: "" if _fetches(found[0]) else found[0], told)
    told = _AUTHORS.sub(r' \1="Author"', told)
    told = _ELEMENTS.sub(r"\1", told)
    told = _PATHS.sub("", told)
    told = _ODF_FETCH.sub(r"\1", told)
    return _NAMES.sub(r' \1="Author"', told) if _TELLING_PARTS.search(name) else told


def _fetches(relation: str) -> bool:
    """Whether a program that opens the document would call another site, and tell it who reads."""
    return bool(_OUTSIDE.search(relation)) and not (_LINK.search(relation) and _ADDRESS.search(relation))


def _picture(name: str, content: bytes) -> bytes:
    """A picture inside is cleaned as one alone; what can't be read as one is left as it is."""
    ending = name.rpartition(".")[2].lower()
    cleaner = {"jpg": jpegs.jpeg, "jpeg": jpegs.jpeg, "png": images.png, "gif": images.gif}.get(ending)
    if cleaner is None:
        return content
    try:
        return cleaner(content)
    except Unreadable:
        return content
