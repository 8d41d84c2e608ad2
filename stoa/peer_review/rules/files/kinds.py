"""Kinds of files that Stoa knows: how their content begins, and what cleans them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Files that are checked and cleaned alike."""

    TEXT = "text"
    NOTEBOOK = "notebook"
    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    PDF = "pdf"
    OFFICE = "office"
    ARCHIVE = "archive"
    MP4 = "mp4"
    MP3 = "mp3"
    WAV = "wav"
    OTHER = "other"
    """Taken where the instructor names its ending; nothing can be taken out of it."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file."""

    family: Family
    media_type: str


def _kinds(family: Family, **media_types: str) -> dict[str, Kind]:
    return {ending: Kind(family=family, media_type=told) for ending, told in media_types.items()}


_PLAIN = "text/plain; charset=utf-8"
_TEXTS = (
    *("txt", "md", "rst", "tex", "bib", "csv", "tsv", "json", "yaml", "yml", "toml", "xml", "svg", "html", "htm"),
    *("css", "py", "js", "ts", "java", "kt", "c", "h", "cpp", "hpp", "cs", "rs", "go", "rb", "php", "r", "jl"),
    *("m", "sql", "sh", "swift", "scala", "hs", "ml", "lua", "pl", "srt", "vtt"),
)
_OPEN = "application/vnd.oasis.opendocument"
_MS = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, Kind] = {
    # Never as what a browser would run: a text is plain, whatever its ending says.
    **_kinds(Family.TEXT, **dict.fromkeys(_TEXTS, _PLAIN)),
    **_kinds(Family.NOTEBOOK, ipynb=_PLAIN),
    **_kinds(Family.JPEG, **dict.fromkeys(("jpg", "jpeg", "jfif", "pjpeg", "pjp"), "image/jpeg")),
    **_kinds(Family.PNG, png="image/png"),
    **_kinds(Family.GIF, gif="image/gif"),
    **_kinds(Family.WEBP, webp="image/webp"),
    **_kinds(Family.PDF, pdf="application/pdf"),
    **_kinds(
        Family.OFFICE,
        docx=f"{_MS}.wordprocessingml.document",
        xlsx=f"{_MS}.spreadsheetml.sheet",
        pptx=f"{_MS}.presentationml.presentation",
        odt=f"{_OPEN}.text",
        ods=f"{_OPEN}.spreadsheet",
        odp=f"{_OPEN}.presentation",
    ),
    **_kinds(Family.ARCHIVE, zip="application/zip"),
    **_kinds(Family.MP4, mp4="video/mp4", m4v="video/mp4", m4a="audio/mp4", mov="video/quicktime"),
    **_kinds(Family.MP3, mp3="audio/mpeg"),
    **_kinds(Family.WAV, wav="audio/wav"),
}
_UNKNOWN = Kind(family=Family.OTHER, media_type="application/octet-stream")
NEVER = frozenset(
    {"exe", "msi", "com", "scr", "pif", "bat", "cmd", "vbs", "vbe", "jse", "wsf", "wsh", "ps1", "lnk", "hta", "cpl"}
    | {"jar", "app", "dmg", "apk", "deb", "rpm", "dll", "sys", "reg", "iso", "img", "docm", "xlsm", "pptm", "dotm"}
    | {"xltm", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "arj", "lzh"}
)
"""Programs, documents with macros, and archives that can't be looked into."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
_ZIPS = ((0, b"PK\x03\x04"),)
_BEGINNINGS: Mapping[Family, tuple[tuple[int, bytes], ...]] = {
    Family.JPEG: ((0, b"\xff\xd8\xff"),),
    Family.PNG: ((0, b"\x89PNG\r\n\x1a\n"),),
    Family.GIF: ((0, b"GIF87a"), (0, b"GIF89a")),
    Family.WEBP: ((8, b"WEBP"),),
    Family.WAV: ((8, b"WAVE"),),
    Family.PDF: ((0, b"%PDF-"),),
    Family.OFFICE: _ZIPS,
    Family.ARCHIVE: _ZIPS,
    Family.MP4: ((4, b"ftyp"),),
    Family.MP3: ((0, b"ID3"), *((0, bytes([0xFF, second])) for second in range(0xE0, 0x100))),
}
"""Where a sign of the family stands, and the sign."""


def kind_of(ending: str) -> Kind:
    """The kind of a file with this ending."""
    return KINDS.get(ending, _UNKNOWN)


def begins_right(family: Family, head: bytes) -> bool:
    """Whether content that begins like this can be of the family that its name says."""
    if head.startswith(_PROGRAMS):
        return False
    signs = _BEGINNINGS.get(family)
    return signs is None or any(head.startswith(sign, place) for place, sign in signs)
