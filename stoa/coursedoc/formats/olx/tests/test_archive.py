"""Bounds of OLX.md, section 5: a source that nobody has checked."""

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.limits import Limits
from stoa.coursedoc.formats.olx.tests.makers import (
    COURSE,
    a_tar,
    a_zip,
    an_export,
    findings_of,
    imported,
    written,
)
from stoa.coursedoc.imported import SourceRefused

RUN = '<course display_name="A course"/>'
SMALL = {"course/course.xml": COURSE, "course/course/r1.xml": RUN}


def test_a_tar_and_a_zip_give_the_same_course(tmp_path: Path) -> None:
    tar = imported(a_tar(tmp_path / "a.tar.gz", SMALL))
    (tmp_path / "other").mkdir()
    packed = imported(a_zip(tmp_path / "other" / "a.zip", SMALL))

    assert tar.course == packed.course
    assert tar.course.title == "A course"


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "course/../../evil", "C:/evil", "course\\evil", "a/" * 40 + "b"]
)
def test_a_name_that_leads_out_or_too_deep_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceRefused, match=r"course|deep"):
        imported(a_tar(tmp_path / "a.tar.gz", {**SMALL, name: "x"}))
    with pytest.raises(SourceRefused, match=r"course|deep"):
        imported(a_zip(tmp_path / "a.zip", {**SMALL, name: "x"}))

    assert not list(tmp_path.rglob("evil"))


def test_names_too_long_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="too long"):
        imported(a_tar(tmp_path / "a.tar.gz", {**SMALL, "course/" + "x" * 256: "x"}))


def test_links_are_left_out_and_said(tmp_path: Path) -> None:
    given = imported(a_tar(tmp_path / "a.tar.gz", SMALL, links={"course/static/x.html": "/etc/passwd"}))

    assert given.files == {}
    assert "a link, not a file" in findings_of(given)


def test_links_in_a_folder_are_left_out_and_said(tmp_path: Path) -> None:
    folder = written(tmp_path / "export", SMALL)
    (folder / "course" / "static").mkdir()
    (folder / "course" / "static" / "x.html").symlink_to("/etc/passwd")
    (folder / "course" / "about").symlink_to("/etc")

    given = imported(folder)

    assert given.files == {}
    assert findings_of(given).count("a link, not a file") == 2


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.BLKTYPE])
def test_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo("course/pipe")
        member.type = kind
        tar.addfile(member)

    with pytest.raises(SourceRefused, match="device or pipe"):
        imported(path)


def test_a_hard_link_is_left_out(tmp_path: Path) -> None:
    path = a_tar(tmp_path / "plain.tar.gz", SMALL)
    hard = tmp_path / "hard.tar.gz"
    with tarfile.open(path) as old, tarfile.open(hard, "w:gz") as new:
        for member in old:
            new.addfile(member, old.extractfile(member))
        link = tarfile.TarInfo("course/static/again.xml")
        link.type, link.linkname = tarfile.LNKTYPE, "course/course.xml"
        new.addfile(link)

    given = imported(hard)

    assert given.files == {}
    assert "a link, not a file" in findings_of(given)


def test_a_bomb_is_refused_while_it_unpacks(tmp_path: Path) -> None:
    bomb: dict[str, str | bytes] = {**SMALL, "course/static/zeros": b"\0" * 3_000_000}
    limits = Limits(ratio_from=100_000)

    with pytest.raises(SourceRefused, match="200 times"):
        imported(a_tar(tmp_path / "a.tar.gz", bomb), limits)
    with pytest.raises(SourceRefused, match="200 times"):
        imported(a_zip(tmp_path / "b.zip", bomb), limits)

    assert list((tmp_path / "work").iterdir()) == []


def test_a_zip_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", {**SMALL, "course/static/zeros": b"\0" * 3_000_000})
    data = path.read_bytes().replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)

    with pytest.raises(SourceRefused):
        imported(path, Limits(ratio_from=100_000))


def test_totals_are_bounded(tmp_path: Path) -> None:
    tar = a_tar(tmp_path / "a.tar.gz", {**SMALL, "course/static/x": os.urandom(200_000)})
    packed = a_zip(tmp_path / "a.zip", {**SMALL, "course/static/x": os.urandom(200_000)})

    for path in (tar, packed):
        with pytest.raises(SourceRefused, match="unpacks to more than"):
            imported(path, Limits(unpacked_bytes=100_000))
        with pytest.raises(SourceRefused, match="The archive has"):
            imported(path, Limits(archive_bytes=1_000))
        with pytest.raises(SourceRefused, match="more than 2 files"):
            imported(path, Limits(members=2))


def test_a_huge_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        member = tarfile.TarInfo("course/x")
        member.pax_headers = {"comment": "x" * 300_000}
        tar.addfile(member, io.BytesIO())

    with pytest.raises(SourceRefused, match="header"):
        imported(path, Limits(header_bytes=100_000))


@pytest.mark.parametrize("spoil", [lambda data: data[: len(data) // 2], lambda data: data[:20] + b"xx" + data[22:]])
def test_a_broken_archive_is_refused(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = a_tar(tmp_path / "a.tar.gz", {**SMALL, "course/static/x": os.urandom(5000)})
    path.write_bytes(spoil(path.read_bytes()))

    with pytest.raises(SourceRefused):
        imported(path)


@pytest.mark.parametrize("data", [b"", b"hello", b"\x1f\x8b", b"PK\x03\x04", gzip.compress(b"hello", mtime=0)])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(data)

    with pytest.raises(SourceRefused):
        imported(path)


def test_the_same_name_twice_is_refused_and_capitals_alone_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as tar:
        for name in ("course/static/caf\u00e9.png", "course/static/cafe\u0301.png"):
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())

    with pytest.raises(SourceRefused, match="two files of this name"):
        imported(path)
    again = imported(a_tar(tmp_path / "b.tar.gz", {**SMALL, "course/static/A.png": "x", "course/static/a.png": "y"}))
    assert len(again.files) == 2
    assert "capital letters" in findings_of(again)


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", SMALL)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))

    with pytest.raises(SourceRefused, match="password"):
        imported(path)


def test_junk_of_operating_systems_is_left_out(tmp_path: Path) -> None:
    library = '<library url_name="library" org="O" library="L" display_name="Questions"/>'
    junk = {
        "._library": b"\0\5",
        "library/._library.xml": b"\0\5",
        "__MACOSX/library.xml": b"\0",
        "library/.DS_Store": b"",
    }

    given = imported(a_tar(tmp_path / "a.tar.gz", {**junk, "library/library.xml": library}))

    assert given.course.title == "Questions"
    assert given.report.findings == ()


def test_too_many_or_too_deep_elements_are_refused(tmp_path: Path) -> None:
    deep = "<vertical>" * 25 + "</vertical>" * 25

    with pytest.raises(SourceRefused, match="nested"):
        imported(an_export(tmp_path / "a", deep))
    with pytest.raises(SourceRefused, match="more than 10 elements"):
        imported(an_export(tmp_path / "b", "<html>x</html>" * 20), Limits(elements=10))


def test_a_text_too_large_is_refused(tmp_path: Path) -> None:
    folder = an_export(tmp_path, '<html url_name="h" filename="h"/>', files={"html/h.html": "x" * 2000})

    with pytest.raises(SourceRefused, match="This text has"):
        imported(folder, Limits(text_bytes=1000))


def test_too_many_questions_in_one_problem_are_refused(tmp_path: Path) -> None:
    folder = an_export(
        tmp_path, "<problem>" + "<stringresponse answer='a'><textline/></stringresponse>" * 5 + "</problem>"
    )

    with pytest.raises(SourceRefused, match="more than 4 questions"):
        imported(folder, Limits(responses=4))


def test_zip_members_that_are_links_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in SMALL.items():
            packed.writestr(name, content)
        link = zipfile.ZipInfo("course/static/x")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")

    assert imported(path).files == {}
