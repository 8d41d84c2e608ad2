from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from stoa.accounts.tests.makers import a_learner
from stoa.authoring.actions import media, store
from stoa.authoring.rules.media import OutsideFile, Span, address, sending, span
from stoa.catalogue.actions import teach
from stoa.catalogue.models import Course
from stoa.catalogue.tests.makers import a_course, a_version

CONTENT = bytes(range(256)) * 4


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def served(course: Course, name: str, content: bytes = CONTENT) -> str:
    digest, size = store.keep_bytes(content)
    media.register(course, media.Media(files={name: media.Kept(name=name, sha256=digest, size=size)}))
    return address(digest, name)


def body(response: object) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response)


@pytest.mark.django_db
def test_a_file_is_sent_whole_and_kept_for_ever(client: Client) -> None:
    response = client.get(served(a_course(), "intro.mp4"))

    assert body(response) == CONTENT
    assert (response["Content-Type"], response["Accept-Ranges"], response["Content-Length"]) == (
        "video/mp4",
        "bytes",
        "1024",
    )
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "start", "end"), [("bytes=0-99", 0, 100), ("bytes=1000-", 1000, 1024), ("bytes=-24", 1000, 1024)]
)
def test_a_player_gets_the_part_it_asks_for(client: Client, header: str, start: int, end: int) -> None:
    response = client.get(served(a_course(), "intro.mp4"), headers={"Range": header})

    assert (response.status_code, response["Content-Range"]) == (206, f"bytes {start}-{end - 1}/1024")
    assert body(response) == CONTENT[start:end]


@pytest.mark.django_db
def test_a_part_behind_the_end_is_refused(client: Client) -> None:
    response = client.get(served(a_course(), "intro.mp4"), headers={"Range": "bytes=2000-"})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.django_db
def test_a_browser_that_has_the_file_gets_it_no_more(client: Client) -> None:
    address = served(a_course(), "intro.mp4")
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["page.html", "picture.svg", "code.js", "unknown", "data.xml"])
def test_what_could_act_is_never_a_page_of_this_site(client: Client, name: str) -> None:
    response = client.get(served(a_course(), name))

    assert response["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_only_names_that_a_course_knows_are_served(client: Client) -> None:
    address = served(a_course(), "intro.mp4")

    assert client.get(address.replace("intro.mp4", "intro.html")).status_code == 404


@pytest.mark.django_db
def test_before_the_course_is_on_offer_its_team_alone_sees_its_files(client: Client) -> None:
    course, teacher = a_version().course, a_learner()
    teach(course=course, person=teacher)
    address = served(course, "intro.mp4")

    assert client.get(address).status_code == 404
    client.force_login(teacher)
    assert client.get(address)["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(("name", "shown"), [("a.PNG", True), ("a.pdf", True), ("a.htm", False), ("a.png.html", False)])
def test_only_harmless_types_are_shown(name: str, shown: bool) -> None:
    assert sending(name).attachment is not shown


@given(st.integers(1, 10_000), st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_part_lies_inside_the_file(size: int, start: int, end: int) -> None:
    try:
        part = span(f"bytes={start}-{end}", size)
    except OutsideFile:
        assert start >= size
    else:
        assert part is None or part == Span(start=start, end=min(end + 1, size))
