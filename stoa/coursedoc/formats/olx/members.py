"""The files of a source: names that were checked, each with the place where its content really lies."""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.imported import Finding, SourceRefused

JUNK_NAMES = {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".git", ".svn", ".hg"}


def is_junk(name: str) -> bool:
    """Whether a file is one that operating systems and editors leave behind."""
    parts = name.split("/")
    return any(part in JUNK_NAMES or part.startswith("._") for part in parts) or name.endswith(("~", ".swp"))


class Members:
    """Files by their checked name. A name is only ever looked up, never joined to a folder of ours."""

    def __init__(self, work: Path, limits: Limits) -> None:
        self.files: dict[str, Path] = {}
        self.findings: list[Finding] = []
        self._work, self._limits = work, limits
        self._seen: set[str] = set()
        self._folded: dict[str, str] = {}
        self._count = 0

    def check(self, name: str) -> str:
        """The name in one form, counted. Raises SourceRefused where it leads out of the course."""
        self._count += 1
        if self._count > self._limits.members:
            raise SourceRefused(f"There are more than {self._limits.members:,} files.")
        return checked_name(name, self._limits)

    def take(self, name: str, chunks: Iterator[bytes]) -> int:
        """Write a file's content below a number of our own; give its size."""
        checked = self.check(name)
        if is_junk(checked):
            return sum(len(chunk) for chunk in chunks)
        self._claim(checked)
        target = self._work / f"{len(self.files):06d}"
        with target.open("xb") as out:
            size = sum(out.write(chunk) for chunk in chunks)
        self.files[checked] = target
        return size

    def find(self, name: str, path: Path) -> None:
        """Add a file that lies in a folder already."""
        checked = self.check(name)
        if not is_junk(checked):
            self._claim(checked)
            self.files[checked] = path

    def skip_link(self, name: str) -> None:
        """A link is never followed; say so."""
        checked = self.check(name)
        if not is_junk(checked):
            self.findings.append(
                Finding(place=checked, problem="This is a link, not a file; it was left out.", remedy="Put the file.")
            )

    def _claim(self, name: str) -> None:
        if name in self._seen:
            raise SourceRefused("The source holds two files of this name.", place=name, remedy="Remove one of them.")
        self._seen.add(name)
        other = self._folded.setdefault(name.casefold(), name)
        if other != name:
            problem = f"Only capital letters tell this file from {other}. Both were kept."
            self.findings.append(Finding(place=name, problem=problem, remedy="Rename one of them."))


def checked_name(name: str, limits: Limits) -> str:
    """A path as `folder/file` in composed Unicode. Raises SourceRefused for what a path in a course never needs."""
    shown = name.encode("utf-8", "replace").decode()[:200]
    if "\0" in name or "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise SourceRefused("A file's name leads out of the course.", place=repr(shown))
    parts = [part for part in PurePosixPath(name).parts if part != "."]
    if ".." in parts:
        raise SourceRefused("A file's name leads out of the course.", place=repr(shown))
    if len(parts) > limits.folders or any(len(os.fsencode(part)) > limits.part_bytes for part in parts):
        raise SourceRefused("A file lies too deep or has too long a name.", place=repr(shown))
    if len(os.fsencode(name)) > limits.path_bytes:
        raise SourceRefused("A file's path is too long.", place=repr(shown))
    joined = unicodedata.normalize("NFC", "/".join(parts))
    return joined.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def walk(folder: Path, limits: Limits) -> Members:
    """The files of a folder; links and everything that is no plain file are left out and said."""
    members = Members(folder, limits)
    for parent, folders, names in os.walk(folder):
        folders.sort()
        here = Path(parent)
        for name in [*folders]:
            if (here / name).is_symlink():
                members.skip_link((here / name).relative_to(folder).as_posix())
                folders.remove(name)
            elif name in JUNK_NAMES:
                folders.remove(name)
        for name in sorted(names):
            _find(members, here / name, folder)
    return members


def _find(members: Members, path: Path, folder: Path) -> None:
    name = path.relative_to(folder).as_posix()
    if path.is_symlink():
        members.skip_link(name)
    elif path.is_file():
        members.find(name, path)
