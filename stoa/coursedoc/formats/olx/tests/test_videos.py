"""MOOC videos with their sources, captions and handouts."""

import json
from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.tests.makers import an_export, findings_of, imported, items_of, the_item
from stoa.coursedoc.model import Captions, Link, MoocVideo

SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello\n"
SJSON = json.dumps({"start": [0, 1], "end": [1, 2], "text": ["Hi", None]})


def a_video(folder: Path, attributes: str = "", inside: str = "", *, files: dict[str, str] | None = None) -> MoocVideo:
    item = the_item(folder, f'<video url_name="v" {attributes}>{inside}</video>', files=files)
    assert isinstance(item, MoocVideo)
    return item


def test_sources_from_every_place_each_once(tmp_path: Path) -> None:
    video = a_video(
        tmp_path,
        'display_name="Talk" youtube="0.75:aaaaaaaaaaa,1.00:bbbbbbbbbbb" start_time="00:00:05" end_time="90" '
        'html5_sources="[&quot;https://cdn.example/a.mp4&quot;, &quot;/static/b.webm&quot;]" download_video="false"',
        '<source src="https://cdn.example/a.mp4"/><video_asset client_video_id="x"><encoded_video profile="mobile_low" '
        'url="https://cdn.example/low.mp4"/><encoded_video profile="youtube" url="ccccccccccc"/></video_asset>',
        files={"static/b.webm": "x"},
    )

    assert (video.title, video.youtube, video.start, video.end) == ("Talk", "bbbbbbbbbbb", 5.0, 90.0)
    assert [(one.url, one.media_type, one.label) for one in video.sources] == [
        ("https://cdn.example/a.mp4", "video/mp4", ""),
        ("asset:b.webm", "video/webm", ""),
        ("https://cdn.example/low.mp4", "video/mp4", "low data"),
    ]
    assert not video.downloadable


@pytest.mark.parametrize(
    "told", ["abcdefghijk", "https://youtu.be/abcdefghijk?t=1", "https://www.youtube.com/watch?v=abcdefghijk"]
)
def test_a_youtube_id_or_a_whole_address(tmp_path: Path, told: str) -> None:
    assert a_video(tmp_path, f'youtube_id_1_0="{told}"').youtube == "abcdefghijk"


@pytest.mark.parametrize(
    ("attributes", "inside", "file"),
    [
        ('transcripts="{&quot;fr&quot;: &quot;t.srt&quot;}"', "", "t.srt"),
        ("", '<transcript language="fr" src="/static/t.vtt"/>', "t.vtt"),
        (
            'edx_video_id="id-1"',
            '<video_asset><transcripts><transcript language_code="fr" file_format="srt"/></transcripts></video_asset>',
            "id-1-fr.srt",
        ),
        ('sub="name" transcript_language="fr"', "", "subs_name.srt.sjson"),
        ('youtube_id_1_0="abcdefghijk" transcript_language="fr"', "", "subs_abcdefghijk.srt.sjson"),
        ('sub="name"', "", "fr_subs_name.srt.sjson"),
        ('track="/static/t.srt" transcript_language="fr"', '<track srclang="fr" src="/static/t.srt"/>', "t.srt"),
    ],
)
def test_captions_from_every_place(tmp_path: Path, attributes: str, inside: str, file: str) -> None:
    content = SJSON if file.endswith("sjson") else SRT

    video = a_video(tmp_path, attributes, inside, files={f"static/{file}": content})

    assert Captions(language="fr", asset=file) in video.captions


def test_the_best_captions_of_a_language_win_and_broken_ones_are_told_of(tmp_path: Path) -> None:
    files = {
        "static/good.srt": SRT,
        "static/subs_n.srt.sjson": SJSON,
        "static/bad.srt": "no cues",
        "static/b.sjson": "[]",
    }
    told = '{"en": "good.srt", "de": "bad.srt", "es": "b.sjson", "it": "gone.srt"}'.replace('"', "&quot;")

    given = imported(an_export(tmp_path, f'<video url_name="v" sub="n" transcripts="{told}"/>', files=files))

    (video,) = items_of(given)
    assert isinstance(video, MoocVideo)
    assert video.captions == (Captions(language="en", asset="good.srt"),)
    problems = findings_of(given)
    assert all(
        name in problems for name in ("bad.srt can't be read", "b.sjson can't be read", "gone.srt (it) are not there")
    )
    assert "has no source" in problems


def test_a_track_that_is_no_captions_is_a_handout(tmp_path: Path) -> None:
    video = a_video(
        tmp_path,
        'track="/static/t.pdf" handout="/static/h.pdf"',
        '<handout src="/static/h.pdf"/><track src="https://example.org/x.txt"/>',
        files={"static/t.pdf": "x", "static/h.pdf": "x"},
    )

    assert video.captions == ()
    assert video.handouts == (
        Link(url="asset:h.pdf", title="Handout"),
        Link(url="asset:t.pdf", title="Transcript"),
        Link(url="https://example.org/x.txt", title="Transcript"),
    )


def test_the_old_name_of_videos(tmp_path: Path) -> None:
    item = the_item(tmp_path, '<videoalpha url_name="v" youtube="1.0:abcdefghijk"/>')

    assert isinstance(item, MoocVideo)
    assert (item.title, item.youtube) == ("MOOC video", "abcdefghijk")
