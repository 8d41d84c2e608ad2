"""Formats that courses come in, and one way to read them all."""

from collections.abc import Callable
from pathlib import Path

from stoa.coursedoc.formats.markdown import read_folder
from stoa.coursedoc.formats.olx.reader import read_olx
from stoa.coursedoc.imported import Imported, SourceRefused


def read_course(path: Path, *, work: Path, progress: Callable[[str, int, int], None]) -> Imported:
    """The course at a path, whatever its format; `work` is a folder for what is unpacked on the way."""
    if not path.exists():
        raise SourceRefused("There is nothing at this path.", place=str(path), remedy="Give a folder or an archive.")
    if (path / "course.yaml").is_file():
        return read_folder(path)
    return read_olx(path, work=work, progress=progress)
