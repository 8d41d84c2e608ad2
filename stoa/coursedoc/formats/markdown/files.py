"""The files of a course folder: which they are, what they say, within bounds and never through a link."""

import hashlib
import mimetypes
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from stoa.coursedoc.formats.markdown.notation import Chunk, chunk_of
from stoa.coursedoc.formats.markdown.troubles import Troubles
from stoa.coursedoc.imported import SourceRefused
from stoa.coursedoc.model.courses import Asset

MOST_FILES = 20_000
LARGEST_TEXT = 5_000_000
LARGEST_ASSET = 2_000_000_000
LONGEST_NAME = 200
_DEEPEST = 12
_NUMBERS = re.compile(r"([0-9]+)")
# What Python's own list doesn't have on every system.
_TYPES = {
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".opus": "audio/ogg",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


class Files:
    """The files of one course, by their path inside its folder."""

    def __init__(self, folder: Path, troubles: Troubles) -> None:
        self.folder = folder
        self.troubles = troubles
        self._seen = 0
        if folder.is_symlink() or not folder.is_dir():
            raise SourceRefused(
                "There is no course folder here.", place=str(folder), remedy="Name a folder with a course.yaml."
            )
        self.paths = sorted(self._walk(folder, 0), key=lambda path: natural(path.relative_to(folder).as_posix()))
        self._grouped = self._group()

    def _walk(self, folder: Path, depth: int) -> Iterator[Path]:
        if depth > _DEEPEST:
            raise SourceRefused("Folders are nested too deep here.", place=self.name(folder), remedy="Take some out.")
        for path in folder.iterdir():
            self._seen += 1
            if self._seen > MOST_FILES:
                raise SourceRefused(
                    "There are too many files here.", place=self.name(folder), remedy="Is this the right folder?"
                )
            if path.name.startswith(".") or path.name.endswith("~"):
                continue
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                self.troubles.fault("This is a link or a device.", "Put the file itself here.", place=self.name(path))
            elif path.is_dir():
                yield from self._walk(path, depth + 1)
            else:
                yield path

    def name(self, path: Path) -> str:
        """The path inside the folder, as messages say it."""
        return path.relative_to(self.folder).as_posix()

    def _group(self) -> dict[Path, list[Path]]:
        grouped: dict[Path, list[Path]] = defaultdict(list)
        for path in self.paths:
            grouped[path.parent].append(path)
        return grouped

    def folders(self) -> list[Path]:
        """The folders right inside that hold files, in order."""
        inside = [path.relative_to(self.folder).parts for path in self.paths]
        return list(dict.fromkeys(self.folder / parts[0] for parts in inside if len(parts) > 1))

    def inside(self, folder: Path) -> list[Path]:
        """The files right inside a folder of the course, in order."""
        return self._grouped.get(folder, [])

    def below(self, folder: Path) -> list[Path]:
        """The files anywhere inside a folder of the course, in order."""
        return [path for path in self.paths if folder in path.parents]

    def read(self, path: Path) -> Chunk:
        """The lines of a text file."""
        name = self.name(path)
        if path.stat().st_size > LARGEST_TEXT:
            self.troubles.fault("This text is too long.", "Split it into several lessons.", place=name)
            return chunk_of("", name)
        try:
            return chunk_of(path.read_bytes().decode("utf-8"), name)
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self.troubles.fault("This is not UTF-8 text.", "Save the file as UTF-8.", place=name, line=line)
            return chunk_of("", name)

    def asset(self, path: Path, name: str) -> Asset:
        """The file as an asset of the course."""
        size = path.stat().st_size
        if size > LARGEST_ASSET or len(name) > LONGEST_NAME:
            self.troubles.fault(
                "This file is too large, or its name too long.", "Make it smaller.", place=self.name(path)
            )
            return Asset(name=name, sha256="", size=size)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Asset(name=name, sha256=digest, size=size, media_type=media_type(name))


def media_type(name: str) -> str:
    """What a file of this name holds."""
    ending = "." + name.lower().rpartition(".")[2]
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def natural(name: str) -> list[tuple[int, str]]:
    """Sorts `2-b` before `10-a`."""
    return [
        (int(piece), "") if piece.isdigit() and piece.isascii() else (-1, piece) for piece in _NUMBERS.split(name[:400])
    ]
