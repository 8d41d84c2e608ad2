"""Small courses in OLX, made for one test each."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from stoa.coursedoc.formats import read_course
from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.formats.olx.reader import read_olx
from stoa.coursedoc.imported import Element, Imported
from stoa.coursedoc.model import Item
from stoa.coursedoc.walking import items as all_items

COURSE = '<course url_name="r1" org="Org" course="C1"/>'
Files = Mapping[str, str | bytes]


def an_export(folder: Path, inside: str = "", *, files: Files | None = None, chapters: str = "", **course: str) -> Path:
    """A course folder whose one step holds `inside`; more files beside it."""
    attributes = "".join(f' {name}="{value}"' for name, value in course.items())
    step = f'<vertical url_name="v1" display_name="Step one">{inside}</vertical>'
    lesson = f'<sequential url_name="s1" display_name="Lesson one">{step}</sequential>'
    outline = chapters or f'<chapter url_name="c1" display_name="Module one">{lesson}</chapter>'
    told: dict[str, str | bytes] = {
        "course.xml": COURSE,
        "course/r1.xml": f'<course display_name="A course"{attributes}>{outline}</course>',
        **(files or {}),
    }
    return written(folder / "export", told)


def written(folder: Path, files: Files) -> Path:
    """A folder with these files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def imported(path: Path, limits: Limits | None = None) -> Imported:
    """What importing a path gives; its scratch folder lies beside it."""
    work = path.parent / "work"
    work.mkdir(exist_ok=True)
    if limits is None:
        return read_course(path, work=work, progress=lambda *_: None)
    return read_olx(path, work=work, progress=lambda *_: None, limits=limits)


def items_of(given: Imported) -> list[Item]:
    """Every item of the course in order."""
    return list(all_items(given.course))


def the_item(folder: Path, inside: str, *, files: Files | None = None, **course: str) -> Item:
    """The one item that an element becomes."""
    given = imported(an_export(folder, inside, files=files, **course))
    assert given.report.lost == 0
    (item,) = given.course.modules[0].lessons[0].steps[0].items
    return item


def findings_of(given: Imported) -> str:
    """All findings as one text."""
    return "\n".join(f"{one.place}: {one.problem} {one.remedy}" for one in given.report.findings)


def fate_of(given: Imported, tag: str) -> list[Element]:
    """What became of every element of a tag."""
    return [element for element in given.report.elements if element.tag == tag]


def a_tar(path: Path, files: Files, *, links: Mapping[str, str] | None = None) -> Path:
    """A .tar.gz with these files, and symbolic links."""
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            tar.addfile(member)
    return path


def a_zip(path: Path, files: Files) -> Path:
    """A .zip with these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path
