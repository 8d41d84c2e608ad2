"""Unpacking an archive that nobody has checked: streamed, counted, under names of our own."""

import gzip
import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.formats.olx.members import Members
from stoa.coursedoc.imported import SourceRefused

CHUNK = 256 * 1024
BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError)
FILE_KIND, LINK_KIND = 0o100000, 0o120000
GZIP_MAGIC, ZIP_MAGIC = b"\x1f\x8b", b"PK"

Progress = Callable[[str, int, int], None]


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpack(archive: Path, *, work: Path, limits: Limits, progress: Progress) -> Members:
    """The archive's files, written below `work` under numbers. Raises SourceRefused and leaves nothing half read."""
    size = archive.stat().st_size
    if size > limits.archive_bytes:
        raise SourceRefused(f"The archive has {size:,} bytes; {limits.archive_bytes:,} are allowed.")
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        with archive.open("rb") as raw:
            reader = _reader_of(raw)
            return reader(raw, folder, limits, lambda: progress("unpacking", raw.tell(), size))
    except SourceRefused:
        shutil.rmtree(folder)
        raise
    except BROKEN as broken:
        shutil.rmtree(folder)
        problem = f"The archive can't be unpacked: {broken}."
        raise SourceRefused(problem, place=archive.name, remedy="Export the course again.") from broken


def _reader_of(raw: BinaryIO) -> Callable[[BinaryIO, Path, Limits, Callable[[], None]], Members]:
    magic = raw.read(512)
    raw.seek(0)
    if magic.startswith(ZIP_MAGIC):
        return _unzip
    if magic.startswith(GZIP_MAGIC):
        return _untar_gz
    if magic[257:262] == b"ustar":
        return _untar
    raise SourceRefused("This is not an archive that can be read.", remedy="Give a .tar.gz, a .zip or a folder.")


class _Counted(io.RawIOBase):
    """A stream that refuses to grow beyond the bounds, and to hold long headers."""

    def __init__(self, inner: _Readable, packed: Callable[[], int], limits: Limits) -> None:
        super().__init__()
        self.inner, self.packed, self.limits = inner, packed, limits
        self.total = self.since_member = 0
        self.in_member = False

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, counted."""
        data = self.inner.read(size)
        self.total += len(data)
        check_ratio(self.total, self.packed(), self.limits, place="the archive")
        check_total(self.total, self.limits)
        if not self.in_member:
            self.since_member += len(data)
            if self.since_member > self.limits.header_bytes:
                raise SourceRefused("A header of the archive is too long.")
        return data


def check_ratio(unpacked: int, packed: int, limits: Limits, *, place: str) -> None:
    """Refuse what unpacks to far more than it is."""
    if unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1):
        raise SourceRefused(f"It unpacks to more than {limits.ratio} times its size.", place=place)


def check_total(unpacked: int, limits: Limits) -> None:
    """Refuse more than the disk was promised for."""
    if unpacked > limits.unpacked_bytes:
        raise SourceRefused(f"The archive unpacks to more than {limits.unpacked_bytes:,} bytes.")


def _untar_gz(raw: BinaryIO, work: Path, limits: Limits, tick: Callable[[], None]) -> Members:
    with gzip.GzipFile(fileobj=raw) as unpacked:
        return _members_of_tar(_Counted(unpacked, raw.tell, limits), work, limits, tick)


def _untar(raw: BinaryIO, work: Path, limits: Limits, tick: Callable[[], None]) -> Members:
    return _members_of_tar(_Counted(raw, raw.tell, limits), work, limits, tick)


def _members_of_tar(stream: _Counted, work: Path, limits: Limits, tick: Callable[[], None]) -> Members:
    members = Members(work, limits)
    with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as tar:
        for member in tar:
            stream.in_member = True
            _take_from_tar(tar, member, members)
            stream.in_member, stream.since_member = False, 0
            tick()
    return members


def _take_from_tar(tar: tarfile.TarFile, member: tarfile.TarInfo, members: Members) -> None:
    if member.isdir():
        members.check(member.name)
    elif member.issym() or member.islnk():
        members.skip_link(member.name)
    elif not member.isreg():
        raise SourceRefused("The archive holds a device or pipe.", place=members.check(member.name))
    else:
        content = tar.extractfile(member)
        members.take(member.name, _chunks(content) if content else iter(()))


def _chunks(content: _Readable) -> Iterator[bytes]:
    while data := content.read(CHUNK):
        yield data


def _unzip(raw: BinaryIO, work: Path, limits: Limits, tick: Callable[[], None]) -> Members:
    members = Members(work, limits)
    with zipfile.ZipFile(raw) as packed:
        total = 0
        for entry in packed.infolist():
            total += _take_from_zip(packed, entry, members, limits, total)
            tick()
    return members


def _take_from_zip(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, members: Members, limits: Limits, before: int
) -> int:
    kind = (entry.external_attr >> 16) & 0o170000
    if entry.is_dir():
        members.check(entry.orig_filename)
        return 0
    if kind == LINK_KIND:
        members.skip_link(entry.orig_filename)
        return 0
    if kind not in {0, FILE_KIND}:
        raise SourceRefused("The archive holds a device or pipe.", place=members.check(entry.orig_filename))
    if entry.flag_bits & 1:
        raise SourceRefused("The archive is locked with a password.", remedy="Give one without.")
    with packed.open(entry) as content:
        return members.take(entry.orig_filename, _counted(content, entry, limits, before))


def _counted(content: _Readable, entry: zipfile.ZipInfo, limits: Limits, before: int) -> Iterator[bytes]:
    size = 0
    for data in _chunks(content):
        size += len(data)
        check_ratio(size, entry.compress_size, limits, place=entry.filename)
        check_total(before + size, limits)
        yield data
