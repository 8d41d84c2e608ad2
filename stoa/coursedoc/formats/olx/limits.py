"""How large and deep a source may be before it is refused."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
GIBIBYTE = 1024 * MEBIBYTE


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of an import. A source beyond them is refused with the bound's name."""

    archive_bytes: int = 2 * GIBIBYTE
    unpacked_bytes: int = 10 * GIBIBYTE
    members: int = 100_000
    header_bytes: int = MEBIBYTE
    """Between two members of a tar archive."""
    text_bytes: int = 50 * MEBIBYTE
    ratio: int = 200
    """Unpacked bytes for each packed byte, counted while unpacking, of a member and of the whole."""
    ratio_from: int = 10 * MEBIBYTE
    """Unpacked bytes from which the ratio counts: small texts pack very well."""
    part_bytes: int = 255
    path_bytes: int = 1024
    folders: int = 30
    elements: int = 20_000
    depth: int = 20
    responses: int = 1_000
    json_bytes: int = 10 * MEBIBYTE
    json_depth: int = 40
