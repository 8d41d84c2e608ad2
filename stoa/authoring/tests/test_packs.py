import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.tests.makers import a_learner
from stoa.authoring.rules.packs import Pack, page_names
from stoa.authoring.tests.makers import a_published_run
from stoa.catalogue.models import Run
from stoa.coursedoc.model import (
    Captions,
    Course,
    Lesson,
    Module,
    MoocVideo,
    Quiz,
    Reading,
    Step,
    Text,
    VideoSource,
)

SHA = "ab" * 32
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nColumns hold the roof.\n"


def a_pack() -> Pack:
    return Pack(root="https://stoa.example/courses/c/runs/1/steps/", pages={"one": "01-one.html", "two": "02-two.html"})


@pytest.mark.parametrize(
    ("link", "inside"),
    [
        (f"/media/{SHA}/week 1/Map.png", "files/ababababab-Map.png"),
        ("../two/", "02-two.html"),
        ("../two/#item-x", "02-two.html#item-x"),
        ("../far/", "https://stoa.example/courses/c/runs/1/steps/far/"),
        ("../../progress/", "https://stoa.example/courses/c/runs/1/progress/"),
        ("/forum/", "https://stoa.example/forum/"),
        ("#below", "#below"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
    ],
)
def test_links_lead_to_the_folder_or_to_the_site(link: str, inside: str) -> None:
    assert a_pack().link(link) == inside


@given(st.lists(st.text(max_size=80), max_size=12))
def test_every_step_has_a_page_of_its_own_name(titles: list[str]) -> None:
    names = page_names({str(number): title for number, title in enumerate(titles)})

    assert len(set(names.values())) == len(titles)
    assert all(re.fullmatch(r"[0-9]+-[a-z0-9._-]+\.html", name) for name in names.values())


def a_run_with_files(folder: Path) -> Run:
    files = {"map.png": b"\x89PNG map", "high.mp4": b"high" * 99, "low.mp4": b"low", "en.vtt": VTT}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    video = MoocVideo(
        id="film",
        title="Film",
        sources=(
            VideoSource(url="asset:high.mp4", media_type="video/mp4", label="720p", size=396),
            VideoSource(url="asset:low.mp4", media_type="video/mp4", label="low data", size=3),
        ),
        captions=(Captions(language="en", asset="asset:en.vtt"),),
    )
    reading = Reading(id="r", text=Text(source="See ![the map](asset:map.png) and [the film](item:film)."))
    steps = (
        Step(id="words", title="Words", items=(reading,)),
        Step(id="see", title="See & hear", items=(video, Quiz(id="q", title="Check"))),
        Step(id="team", title="For the team", hidden=True, items=(Reading(id="h", text=Text(source="Hidden.")),)),
    )
    module = Module(id="m", title="Columns", lessons=(Lesson(id="l", title="Lesson", steps=steps),))
    course = Course(id="c", title="Porches", modules=(module,))
    return a_published_run(document=course, files={name: folder / name for name in files})


@pytest.mark.req("R103")
@pytest.mark.django_db
def test_a_module_is_taken_along_with_all_that_it_needs(client: Client, tmp_path: Path) -> None:
    run = a_run_with_files(tmp_path)
    client.force_login(a_learner())
    client.post(f"/courses/{run.course.slug}/runs/{run.code}/enrolment/")

    sent = client.get(f"/courses/{run.course.slug}/runs/{run.code}/modules/m/offline/", follow=True)
    again = client.get(f"/courses/{run.course.slug}/runs/{run.code}/modules/m/offline/", follow=True)

    content = b"".join(sent.streaming_content)  # type: ignore[attr-defined]  # the test client knows no streams
    folder = zipfile.ZipFile(BytesIO(content))
    pages = {name: folder.read(name).decode() for name in folder.namelist() if name.endswith(".html")}
    assert sorted(pages) == ["01-words.html", "02-see-hear.html", "index.html"]
    assert {Path(name).name.partition("-")[2] for name in folder.namelist() if name.startswith("files/")} == {
        "map.png",
        "low.mp4",
        "en.vtt",
    }
    assert 'href="02-see-hear.html#item-film"' in pages["01-words.html"]
    assert "Columns hold the roof." in pages["02-see-hear.html"]
    assert "needs the site" in pages["02-see-hear.html"]
    wanted = re.findall(r'(?:src|poster|href)="(files/[^"]+)"', "".join(pages.values()))
    assert wanted
    assert set(wanted) <= set(folder.namelist())
    assert again.redirect_chain == sent.redirect_chain


@pytest.mark.django_db
def test_a_visitor_takes_nothing_along(client: Client, tmp_path: Path) -> None:
    run = a_run_with_files(tmp_path)

    assert client.get(f"/courses/{run.course.slug}/runs/{run.code}/modules/m/offline/").status_code == 404
