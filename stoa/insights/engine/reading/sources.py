"""Files as streams of bytes, whatever they are packed in; folders in one order."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import zstandard

HEAD: Final = 65_536
_CHUNK: Final = 1 << 20
_PACKED_CHUNK: Final = 1 << 17
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class SourceBroken(Exception):
    """From here on the file cannot be unpacked."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file, or one member of an archive."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The name without what it is packed in."""
        name = self.member or self.path.name
        return name.removesuffix(".gz").removesuffix(".zst")

    @property
    def shown(self) -> str:
        """What quarantine and people call it."""
        return f"{self.path.name}:{self.member}" if self.member else self.path.name


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Every file of these files and folders; what lies in a folder comes in the order of its name."""
    for path in paths:
        if path.is_dir() and (path / "course.xml").is_file():
            yield Source(path=path)  # A course in OLX is one thing.
        elif path.is_dir():
            yield from sources(sorted(child for child in path.iterdir() if not child.name.startswith(".")))
        elif path.suffix == ".zip" and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                members = sorted(info.filename for info in archive.infolist() if not info.is_dir())
            yield from (Source(path=path, member=member) for member in members)
        else:
            yield Source(path=path)


def chunks(source: Source, *, start: int = 0) -> Iterator[bytes]:
    """The bytes of the source from `start`, unpacked.

    Raises SourceBroken after the last byte that can be had.
    """
    try:
        with _raw(source) as raw:
            magic = raw.read(4)
            raw.seek(0)
            if magic.startswith(_GZIP):
                yield from _without(start, _gunzipped(raw))
            elif magic == _ZSTD:
                yield from _without(start, _unzstd(raw))
            elif source.member:
                yield from _without(start, _plain(raw))
            else:
                raw.seek(start)
                yield from _plain(raw)
    except (OSError, zlib.error, zstandard.ZstdError, zipfile.BadZipFile) as reason:
        raise SourceBroken(str(reason)) from reason


def head(source: Source) -> bytes:
    """The beginning of the source. What cannot be unpacked has none."""
    found = b""
    try:
        for chunk in chunks(source):
            found += chunk
            if len(found) >= HEAD:
                break
    except SourceBroken:
        pass
    return found[:HEAD]


def _raw(source: Source) -> IO[bytes]:
    if source.member:
        return zipfile.ZipFile(source.path).open(source.member)
    return source.path.open("rb", buffering=0)


def _plain(raw: IO[bytes]) -> Iterator[bytes]:
    while chunk := raw.read(_CHUNK):
        yield chunk


def _gunzipped(raw: IO[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(wbits=31)
    while packed := raw.read(_PACKED_CHUNK):
        while packed:
            yield unpacking.decompress(packed)
            packed = unpacking.unused_data
            if unpacking.eof:  # One file may hold several members, one after another.
                packed = packed.lstrip(b"\0")
                unpacking = zlib.decompressobj(wbits=31) if packed else unpacking
    if not unpacking.eof:
        raise SourceBroken("the file ends too early")


def _unzstd(raw: IO[bytes]) -> Iterator[bytes]:
    unpacking = zstandard.ZstdDecompressor().decompressobj()
    while packed := raw.read(_PACKED_CHUNK):
        while packed:
            yield unpacking.decompress(packed)
            packed = unpacking.unused_data if unpacking.eof else b""
            if unpacking.eof and packed:
                unpacking = zstandard.ZstdDecompressor().decompressobj()
    if not unpacking.eof:
        raise SourceBroken("the file ends too early")


def _without(start: int, unpacked: Iterator[bytes]) -> Iterator[bytes]:
    """Leave the first bytes out."""
    for chunk in unpacked:
        if start < len(chunk):
            yield chunk[start:] if start else chunk
        start = max(0, start - len(chunk))
