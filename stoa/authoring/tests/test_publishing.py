import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest
from django.db import IntegrityError
from django.test import Client
from pytest_django import Settings

from stoa.accounts.tests.makers import an_organisation
from stoa.assessment.models import PublishedQuiz
from stoa.assessment.tests.makers import a_number, a_quiz
from stoa.authoring import actions
from stoa.authoring.actions import Outcome
from stoa.authoring.queries.texts import side_texts_of
from stoa.authoring.tests.makers import MONDAY, a_published_run, a_published_version, imported
from stoa.catalogue.models import Course, CourseVersion
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.model import (
    Captions,
    Item,
    Lesson,
    Link,
    Markup,
    Module,
    MoocVideo,
    OutsideResource,
    Pool,
    Raw,
    Reading,
    Step,
    Text,
    VideoSource,
)
from stoa.coursedoc.model import Course as Document
from stoa.courseware.models import PublishedStep
from stoa.courseware.queries import VideoData, parts_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def of_items(*items: Item) -> Document:
    step = Step(id="one", title="One", items=items)
    other = Step(id="two", title="Two", items=(Reading(id="end", text=Text(source="The end.")),))
    lesson = Lesson(id="only", title="Only", steps=(step, other))
    return a_document(modules=(Module(id="m", title="M", lessons=(lesson,)),))


def test_every_step_is_laid_out_with_its_parts() -> None:
    version = a_published_version()

    steps = version.steps.order_by("position").values_list("step_id", "kind", "sample", "lesson_title")
    assert list(steps) == [
        ("hello", "reading", True, "A first conversation with the machine"),
        ("values", "quiz", True, "A first conversation with the machine"),
        ("program", "mooc_video", False, "Watching"),
        ("practice", "exercise", False, "Your own small tool"),
        ("hand-in", "assignment", False, "Your own small tool"),
    ]
    (part,) = parts_of(version.pk, "hello")
    assert part.html.strip() == "<p>A <em>value</em> is a thing.</p>"


def test_publishing_the_same_again_changes_nothing() -> None:
    school, document = an_organisation(), a_document()
    a_published_version(organisation=school, document=document)
    before = list(PublishedStep.objects.values_list("pk", "fingerprint"))

    a_published_version(organisation=school, document=document, at=MONDAY + timedelta(days=1))

    assert CourseVersion.objects.count() == 1
    assert list(PublishedStep.objects.values_list("pk", "fingerprint")) == before


def test_a_course_is_published_whole_or_not_at_all() -> None:
    twice = Step(id="same", title="Same", items=(Reading(id="r", text=Text(source="Words.")),))
    lesson = Lesson(id="only", title="Only", steps=(twice, twice))
    broken = a_document(modules=(Module(id="m", title="M", lessons=(lesson,)),))

    with pytest.raises(IntegrityError):
        actions.publish(imported=imported(broken), organisation=an_organisation(), by=None, at=MONDAY)

    assert not Course.objects.exists()


def test_links_inside_the_course_lead_to_steps_and_files(tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF-1.7")
    words = "[next](step:two) [end](item:end) [sheet](asset:sheet.pdf) [away](https://example.org/) [gone](step:nine)"
    reading = Reading(id="r", text=Text(source=words))

    version = a_published_version(document=of_items(reading), files={"sheet.pdf": tmp_path / "sheet.pdf"})

    (part,) = parts_of(version.pk, "one")
    assert 'href="../two/"' in part.html
    assert 'href="../two/#item-end"' in part.html
    assert f'href="/media/{sha256(b"%PDF-1.7").hexdigest()}/sheet.pdf"' in part.html
    assert "gone" in part.html
    assert "step:nine" not in part.html


def test_links_in_a_quiz_hold_on_every_page_that_shows_it() -> None:
    asked = a_quiz(a_number(), intro=Text(source="[next](step:two) [end](item:end) [home](course:home)"))

    version = a_published_version(document=of_items(asked))

    (row,) = PublishedQuiz.objects.filter(version=version)
    steps = f"/courses/{version.course.slug}/steps/"
    found = re.findall(r'href=\\?"([^"\\]*)', row.content)
    assert found == [f"{steps}two/", f"{steps}two/#item-end", f"/courses/{version.course.slug}/"]


def test_links_of_another_platform_lead_to_our_pages() -> None:
    words = "[a](course:home) [b](course:progress) [c](course:forum) [d](course:about#who) [gone](course:wiki)"
    document = replace(of_items(Reading(id="r", text=Text(source=words))), about=Text(source=words))

    version = a_published_version(document=document)

    (part,) = parts_of(version.pk, "one")
    assert re.findall(r'href="([^"]*)"', part.html) == ["../../", "../../progress/", "/forum/", "../../../../#who"]
    course = f"/courses/{version.course.slug}/"
    about = side_texts_of(version)["about"]
    assert re.findall(r'href="([^"]*)"', about) == [course, course, "/forum/", f"{course}#who"]


def test_the_unit_of_a_number_is_rendered_as_other_texts_are() -> None:
    number = replace(a_number(), unit=r"\(\%\) & <b>")

    run = a_published_run(document=of_items(a_quiz(number)))

    page = Client().get(f"/courses/{run.course.slug}/runs/{run.code}/steps/one/").content.decode()
    assert re.search(r"<span><math[^>]*>.*</math> &amp; &lt;b&gt;</span>", page)
    assert r"\(" not in page


@pytest.mark.req("R102")
def test_publishing_warns_of_every_video_without_captions_in_the_language_of_the_course(tmp_path: Path) -> None:
    (tmp_path / "c.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello.\n")
    (tmp_path / "bad.srt").write_text("no captions")
    videos = [
        MoocVideo(id=name, title=name, youtube="abcdefghijk", captions=tuple(captions))
        for name, captions in {
            "Fine": [Captions(language="en-GB", asset="asset:c.srt")],
            "Mute": [],
            "Foreign": [Captions(language="fi", asset="asset:c.srt")],
            "Gone": [Captions(language="en", asset="asset:gone.srt")],
            "Broken": [Captions(language="en", asset="asset:bad.srt")],
        }.items()
    ]
    files = {name: tmp_path / name for name in ("c.srt", "bad.srt")}

    published = actions.publish(
        imported=imported(of_items(*videos), files), organisation=an_organisation(), by=None, at=MONDAY
    )

    told = [one.problem for one in published.findings if "no captions in en" in one.problem]
    assert [problem.split()[2] for problem in told] == ["Mute", "Foreign", "Gone", "Broken"]
    assert len(published.findings) == len(told) + 2


@pytest.mark.req("R102")
def test_captions_become_webvtt_and_a_transcript(tmp_path: Path, client: Client) -> None:
    (tmp_path / "en.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    (tmp_path / "a.mp4").write_bytes(b"film")
    video = MoocVideo(
        id="v",
        sources=(VideoSource(url="asset:a.mp4", media_type="video/mp4"),),
        captions=(Captions(language="en", asset="en.srt"),),
        handouts=(Link(url="asset:en.srt", title="Words"),),
    )
    files = {"en.srt": tmp_path / "en.srt", "a.mp4": tmp_path / "a.mp4"}

    run = a_published_run(document=of_items(video), files=files)

    (part,) = parts_of(run.version_id, "one")
    captions = cast("VideoData", part.data)["captions"][0]
    assert captions["cues"] == [{"start": 1.0, "end": 2.0, "text": "Hello"}]
    response = client.get(captions["url"])
    assert b"".join(response) == b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n"
    assert response["Content-Type"] == "text/vtt; charset=utf-8"


@pytest.mark.req("R134")
def test_an_outside_resource_keeps_its_credit_and_licence() -> None:
    resource = OutsideResource(id="o", url="https://example.org/", credit="Ada Lovelace", licence="CC BY 4.0")

    version = a_published_version(document=of_items(resource))

    (part,) = parts_of(version.pk, "one")
    assert dict(part.data) == {
        "url": "https://example.org/",
        "credit": "Ada Lovelace",
        "licence": "CC BY 4.0",
        "embed": False,
    }


def test_a_pool_says_of_how_many_it_draws() -> None:
    items = tuple(Reading(id=f"r{n}", text=Text(source="Words.")) for n in range(3))

    version = a_published_version(document=of_items(Pool(id="p", draw=1, items=items)))

    assert [part.data["pool"] for part in parts_of(version.pk, "one")] == [{"id": "p", "draw": 1, "of": 3}] * 3


def test_what_stoa_cant_show_says_so() -> None:
    raw = Raw(id="x", tag="drag-and-drop-v2", reason="Drag and drop comes later.", readable=Text(source="Sort these."))

    version = a_published_version(document=of_items(raw))

    (part,) = parts_of(version.pk, "one")
    assert (part.kind, part.data["reason"]) == ("raw", "Drag and drop comes later.")


def test_the_solution_of_an_exercise_is_not_in_its_page() -> None:
    run = a_published_run()

    (part,) = parts_of(run.version_id, "practice")
    assert set(part.data) == {"exercise_kind", "language", "starter", "hints", "points"}


def test_a_new_course_opens_the_run_of_its_source() -> None:
    version = a_published_version(document=a_document(run="Demo Course!"))

    offer = actions.offer_first(version=version, at=MONDAY)

    assert offer
    assert (offer.run.code, offer.outcome) == ("Demo-Course", Outcome.OPENED)


def test_a_course_without_a_step_to_see_opens_no_run() -> None:
    hidden = of_items(Reading(id="r", text=Text(source="Words.")))
    (module,) = hidden.modules
    version = a_published_version(document=replace(hidden, modules=(replace(module, hidden=True),)))

    assert actions.offer_first(version=version, at=MONDAY) is None
    assert not version.course.runs.exists()


def test_learners_of_a_run_see_a_new_version_only_when_somebody_asks() -> None:
    school, document = an_organisation(), a_document()
    first = a_published_version(organisation=school, document=document)
    run = actions.offer(version=first, code="1", at=MONDAY).run
    second = a_published_version(organisation=school, document=replace(document, summary="New."))

    left = actions.offer_first(version=second, at=MONDAY)
    moved = actions.offer(version=second, code=run.code, at=MONDAY)

    assert left
    assert (left.outcome, left.run.version) == (Outcome.LEFT, first)
    assert (moved.outcome, moved.run.version) == (Outcome.MOVED, second)
    assert actions.offer(version=second, code=run.code, at=MONDAY).outcome is Outcome.SHOWS_IT


def test_a_reading_of_which_nothing_can_be_seen_is_left_out() -> None:
    styles = Reading(
        id="css", title="CSS", text=Text(source="<style>p { color: red }</style><p>&nbsp;</p>", markup=Markup.HTML)
    )
    picture = Reading(
        id="picture", text=Text(source='<p><img src="https://example.org/a.png" alt=""></p>', markup=Markup.HTML)
    )

    version = a_published_version(document=of_items(styles, picture))

    assert [part.item_id for part in parts_of(version.pk, "one")] == ["picture"]


def test_a_step_of_empty_readings_only_is_for_the_course_team() -> None:
    version = a_published_version(document=of_items(Reading(id="css", title="CSS", text=Text(source=" "))))

    assert list(version.steps.order_by("position").values_list("step_id", "hidden")) == [("one", True), ("two", False)]
