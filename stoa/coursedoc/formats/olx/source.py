"""A course's source: where its root lies among the files, and reading them within bounds."""

import re
from collections.abc import Callable
from pathlib import Path

from stoa.coursedoc.encodings import decode
from stoa.coursedoc.formats.olx.archive import unpack
from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.formats.olx.members import Members, walk
from stoa.coursedoc.formats.olx.xml import attributes_of, parse, tag_of
from stoa.coursedoc.imported import Finding, SourceRefused

ROOTS = ("course.xml", "library.xml")
RUNS = re.compile(r"(?:^|/)roots/[^/]+\.xml$")
"""Where the first courses have the beginnings of their runs; their course.xml is a link to one of these."""
Progress = Callable[[str, int, int], None]


class Source:
    """The files below a course's root, by their path from it."""

    def __init__(
        self, files: dict[str, Path], *, root: str, limits: Limits, findings: list[Finding], work: Path
    ) -> None:
        self.files, self.root, self.limits, self.findings, self.work = files, root, limits, findings, work

    def __contains__(self, name: str) -> bool:
        return name in self.files

    def bytes_of(self, name: str) -> bytes:
        """A text file's content. Raises SourceRefused where it is larger than any text should be."""
        path = self.files[name]
        size = path.stat().st_size
        if size > self.limits.text_bytes:
            problem = f"This text has {size:,} bytes; {self.limits.text_bytes:,} are allowed."
            raise SourceRefused(problem, place=name, remedy="Move large pictures out of it into files of their own.")
        return path.read_bytes()

    def text_of(self, name: str) -> str:
        """A text file's words; empty where there is no such file."""
        return decode(self.bytes_of(name))[0].replace("\0", "") if name in self.files else ""

    def below(self, folder: str) -> list[str]:
        """Paths of the files below a folder, sorted."""
        return sorted(name for name in self.files if name.startswith(f"{folder}/"))

    def report(self, place: str, problem: str, remedy: str = "") -> None:
        """Note something that the course's author should look at."""
        self.findings.append(Finding(place=place, problem=problem, remedy=remedy))


def open_source(path: Path, *, work: Path, limits: Limits, progress: Progress) -> Source:
    """The source at a path, a folder or an archive, with its root found."""
    members = walk(path, limits) if path.is_dir() else unpack(path, work=work, limits=limits, progress=progress)
    refuse_other_formats(members)
    whole = _innermost(members, find_root(members))
    prefix = _folder_of(whole)
    root = whole.removeprefix(prefix)
    below = {name.removeprefix(prefix): place for name, place in members.files.items() if name.startswith(prefix)}
    _let_the_only_run_stand_in(below, root, members.findings)
    return Source(below, root=root, limits=limits, findings=members.findings, work=work)


def refuse_other_formats(members: Members) -> None:
    """Backups of Moodle and of version 2 libraries hold files of the same names, but are other formats: say so."""
    if any(name.rpartition("/")[2] == "moodle_backup.xml" for name in members.files):
        raise SourceRefused("This is a backup of a Moodle course.", remedy="Give the export of an Open edX course.")
    if any(re.search(r"(^|/)entities/.*\.toml$", name) for name in members.files):
        raise SourceRefused(
            "This is the backup of a version 2 library.", remedy="Export a course that uses it, or a version 1 library."
        )


def find_root(members: Members) -> str:
    """The `course.xml` or `library.xml` nearest to the top; `course/course.xml` may be a run named so."""
    found = [name for name in members.files if name.rpartition("/")[2] in ROOTS]
    named = [name for name in found if _names_a_course(members.files[name])]
    runs = [name for name in members.files if RUNS.search(name) and not named and _names_a_course(members.files[name])]
    candidates = sorted(named or runs or found, key=lambda name: (name.count("/"), name))
    if not candidates:
        raise SourceRefused(
            "There is no course.xml in it.", remedy="Give the folder or archive that Studio's Export made."
        )
    shallowest = [name for name in candidates if name.count("/") == candidates[0].count("/")]
    if len({_folder_of(name) for name in shallowest}) > 1:
        names = ", ".join(_folder_of(name).rstrip("/") or "." for name in shallowest)
        raise SourceRefused(f"It holds several courses: {names}.", remedy="Give one of these folders.")
    if runs and len(shallowest) > 1:
        problem = f"It holds several runs: {', '.join(shallowest)}."
        raise SourceRefused(problem, remedy="Put the one that you want in the place of course.xml.")
    _tell_of_others(members, candidates)
    return shallowest[0]


def _folder_of(root: str) -> str:
    """The course's folder, with a slash behind it; empty where it is the whole source."""
    return root.removesuffix(root.rpartition("/")[2]).removesuffix("roots/" if RUNS.search(root) else "")


def _innermost(members: Members, root: str) -> str:
    """The root, or that of a whole export that lies where the root expects the file of its run."""
    inner = _run_of(members.files, root)
    while _run_of(members.files, inner) in members.files:
        problem = "It points to a course.xml of its own folder, which was read in its place."
        members.findings.append(Finding(place=root, problem=problem, remedy="Import that folder alone."))
        root, inner = inner, _run_of(members.files, inner)
    return root


def _run_of(files: dict[str, Path], root: str) -> str:
    """The file that a course's root points to; empty where the course stands in the root itself."""
    if root not in files or not _names_a_course(files[root]):
        return ""
    element = parse(files[root].read_bytes()).root
    name = "" if element is None or len(element) else attributes_of(element).get("url_name", "")
    return f"{_folder_of(root)}course/{name.replace(':', '/')}.xml" if name else ""


def _let_the_only_run_stand_in(files: dict[str, Path], root: str, findings: list[Finding]) -> None:
    """Where the run's file has another name than the root says, and there is only this one, it is meant."""
    run = _run_of(files, root)
    runs = [name for name in files if re.fullmatch(r"course/[^/]+\.xml", name)]
    if run and run not in files and len(runs) == 1:
        files[run] = files.pop(runs[0])
        problem = f"It points to {run}, which is not there; {runs[0]} was read in its place."
        findings.append(Finding(place=root, problem=problem, remedy="Let it point to that, or put the file."))


def _tell_of_others(members: Members, candidates: list[str]) -> None:
    here = _folder_of(candidates[0])
    for other in candidates[1:]:
        if here and not other.startswith(here):
            problem = "This is a course of its own; it was not read."
            members.findings.append(Finding(place=other, problem=problem, remedy="Import its folder alone."))


def _names_a_course(path: Path) -> bool:
    if path.stat().st_size > Limits().text_bytes:
        return False
    root = parse(path.read_bytes()).root
    if root is None or tag_of(root) not in {"course", "library"}:
        return False
    attributes = attributes_of(root)
    return "org" in attributes and ("course" in attributes or tag_of(root) == "library")
