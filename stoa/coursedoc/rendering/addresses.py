"""Which addresses may stand in a page, and how they are written."""

import base64
import binascii
import re
from urllib.parse import SplitResult, quote, urlsplit

# Pictures inside a page; larger ones belong into a file of the course.
LARGEST_DATA = 400_000
_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})\Z")
_HOST = re.compile(r"(?:\w(?:[\w-]{0,61}\w)?\.)*\w(?:[\w-]{0,61}\w)?(?::[0-9]{1,5})?\Z")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ALLOWED = "%/:?@!$&'()*+,;=~-._"
_LARGEST_PORT = 65535


def tidy(address: str) -> str | None:
    """The address in correct spelling; None where no page may point there."""
    cleaned = re.sub(r"[\t\n\r]", "", address).strip().replace("\\", "/")
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    match parts.scheme:
        case "http" | "https":
            return _web(parts)
        case "mailto" | "tel":
            return f"{parts.scheme}:{_spelled(parts.path)}{_rest(parts)}" if parts.path else None
        case "" if cleaned and (not parts.netloc or _HOST.match(parts.netloc)):
            return _web(parts._replace(scheme="https")) if parts.netloc else _spelled(parts.path) + _rest(parts) or None
        case _:
            return None


def picture(address: str) -> str | None:
    """The address of a picture: as `tidy`, or a small picture written out."""
    if not address.startswith("data:"):
        return tidy(address)
    match = _DATA.match(address)
    if not match or len(address) > LARGEST_DATA:
        return None
    try:
        base64.b64decode(match[1], validate=True)
    except binascii.Error:
        return None
    return address


def is_outside(address: str) -> bool:
    """Whether the address leads to another site."""
    return address.startswith(("https:", "http:"))


def _web(parts: SplitResult) -> str | None:
    try:
        port = parts.port or 0
    except ValueError:
        return None
    if not _HOST.match(parts.netloc) or port > _LARGEST_PORT or (parts.path and not parts.path.startswith("/")):
        return None
    return f"{parts.scheme}://{parts.netloc.lower()}{_spelled(parts.path)}{_rest(parts)}"


def _rest(parts: SplitResult) -> str:
    query = f"?{_spelled(parts.query)}" if parts.query else ""
    return query + (f"#{_spelled(parts.fragment)}" if parts.fragment else "")


def _spelled(part: str) -> str:
    return quote(_STRAY.sub("%25", part), safe=_ALLOWED)
