from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from stoa.accounts.actions import create_administrator
from stoa.authoring import actions
from stoa.authoring.commands import publish
from stoa.authoring.models import CaptionsWaiver
from stoa.authoring.queries import captions_waived
from stoa.authoring.tests.makers import MONDAY, a_published_version
from stoa.catalogue.models import CourseVersion
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.model import Captions, Course, Lesson, Module, MoocVideo, Step

pytestmark = [pytest.mark.django_db, pytest.mark.req("R102")]


def of_videos(*videos: MoocVideo) -> Course:
    steps = tuple(Step(id=f"step-{video.id}", title=f"See {video.id}", items=(video,), minutes=3) for video in videos)
    lesson = Lesson(id="lesson", title="Boats", steps=steps)
    return a_document(modules=(Module(id="module", title="Week one", lessons=(lesson,)),))


def silent() -> CourseVersion:
    return a_published_version(document=of_videos(MoocVideo(id="v", title="Waves", youtube="abcdefghijk")))


def test_a_version_with_a_silent_video_is_refused_until_somebody_answers_for_it() -> None:
    version = silent()

    with pytest.raises(actions.CaptionsMissing) as refused:
        actions.release(version=version, code="1", by=None, at=MONDAY, without_captions="  ")

    assert refused.value.videos == ("Boats > See v",)
    assert not version.runs.exists()


def test_who_lets_learners_come_all_the_same_is_kept_with_the_reason() -> None:
    version = silent()
    by = create_administrator(email="boss@stoa.example", display_name="Ilse", password="a long one", at=MONDAY)

    released = actions.release(version=version, code="1", by=by, at=MONDAY, without_captions="They come on Friday.")

    waived = captions_waived(version.pk)
    assert released.run.version == version
    assert waived
    assert (waived.by, waived.reason, waived.videos, waived.at) == (
        "Ilse",
        "They come on Friday.",
        ("Boats > See v",),
        MONDAY,
    )


def test_captions_in_the_language_of_the_course_open_the_gate(tmp_path: Path) -> None:
    (tmp_path / "en.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    video = MoocVideo(
        id="v", title="Waves", youtube="abcdefghijk", captions=(Captions(language="en", asset="asset:en.srt"),)
    )
    version = a_published_version(document=of_videos(video), files={"en.srt": tmp_path / "en.srt"})

    actions.release(version=version, code="1", by=None, at=MONDAY)

    assert not CaptionsWaiver.objects.exists()


def test_the_command_says_which_videos_and_how_to_go_on() -> None:
    slug = silent().course.slug

    refused = CliRunner().invoke(publish, [slug, "--run", "1"])
    allowed = CliRunner().invoke(publish, [slug, "--run", "1", "--without-captions", "A trial run."])

    assert refused.exit_code == 1
    assert "Boats > See v" in refused.output
    assert "--without-captions" in refused.output
    assert allowed.exit_code == 0
    assert CaptionsWaiver.objects.get().reason == "A trial run."


def test_the_course_team_is_reminded_and_learners_are_not() -> None:
    version = silent()
    actions.release(version=version, code="1", by=None, at=MONDAY, without_captions="A trial run.")
    team, visitor = Client(), Client()
    team.force_login(
        create_administrator(email="boss@stoa.example", display_name="Ilse", password="a long one", at=MONDAY)
    )

    home = f"/courses/{version.course.slug}/runs/1/"
    shown = [client.get(home).text for client in (team, visitor)]

    assert ["1 MOOC video of this version has no captions" in page for page in shown] == [True, False]
