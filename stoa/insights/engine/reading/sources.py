"""Files as streams of bytes, whatever they are packed in; folders in one order."""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Final

import zstandard

from stoa.insights.engine.reading.reflowing import is_document, reflowed

HEAD: Final = 65_536
ARCHIVES: Final = (".tar.gz", ".tgz", ".tar")
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
        else:
            yield from (Source(path=path, member=member) for member in _members(path))


def _members(path: Path) -> Sequence[str]:
    """What lies in an archive, in the order of names; one without a name is the file itself."""
    if path.suffix == ".zip" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return sorted(info.filename for info in archive.infolist() if not info.is_dir())
    if path.name.endswith(ARCHIVES):
        try:
            with tarfile.open(path) as tar:
                names = sorted(found.name for found in tar if found.isfile())
        except (OSError, tarfile.TarError, EOFError, zlib.error):
            return [""]
        # A course in OLX is one thing.
        return [""] if any(name.rpartition("/")[2] == "course.xml" for name in names) else names
    return [""]


def chunks(source: Source, *, start: int = 0) -> Iterator[bytes]:
    """The bytes of the source from `start`, unpacked.

    Raises SourceBroken after the last byte that can be had.
    """
    try:
        with _raw(source) as raw:
            magic = raw.read(4)
            if magic.startswith(_GZIP):
                raw.seek(0)
                yield from _without(start, _as_lines(source, _gunzipped(raw)))
            elif magic == _ZSTD:
                raw.seek(0)
                yield from _without(start, _as_lines(source, _unzstd(raw)))
            elif source.member or is_document(source.name, magic + raw.read(HEAD)):
                raw.seek(0)
                yield from _without(start, _as_lines(source, _plain(raw)))
            else:
                raw.seek(start)
                yield from _plain(raw)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError, zipfile.BadZipFile, tarfile.TarError) as reason:
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
    if source.member and source.path.name.endswith(ARCHIVES):
        found = tarfile.open(source.path).extractfile(source.member)  # noqa: SIM115 -- it lives as long as the member that reads from it
        if found is None:
            raise SourceBroken(f"{source.member} is no file")
        return found
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


def _as_lines(source: Source, unpacked: Iterator[bytes]) -> Iterator[bytes]:
    """The same; a document of events as lines."""
    first = next(unpacked, b"")
    whole = chain([first], unpacked)
    return reflowed(whole) if is_document(source.name, first[:HEAD]) else whole


def _without(start: int, unpacked: Iterator[bytes]) -> Iterator[bytes]:
    """Leave the first bytes out."""
    for chunk in unpacked:
        if start < len(chunk):
            yield chunk[start:] if start else chunk
        start = max(0, start - len(chunk))
