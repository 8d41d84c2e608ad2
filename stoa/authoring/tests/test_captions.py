import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.authoring.rules.captions import CaptionsUnreadable, Cue, as_webvtt, read_cues

SRT = (
    "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Hello</i> &amp; welcome\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\nAgain\r\n"
)
HELLO = (Cue(start=1.0, end=2.5, text="Hello & welcome"), Cue(start=3.0, end=4.0, text="Again"))


def test_srt_of_windows_is_read() -> None:
    assert read_cues(SRT.encode(), name="en.srt") == HELLO


def test_srt_in_an_old_encoding_is_read() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\nCafé\n".encode("cp1252")

    assert read_cues(data, name="fr.srt") == (Cue(start=1.0, end=2.0, text="Café"),)


def test_sjson_with_empty_places_is_read() -> None:
    data = json.dumps(
        {"start": [1000, 2600, 3000], "end": [2500, 2900, 4000], "text": ["Hello &amp; welcome", None, "Again"]}
    )

    assert read_cues(data.encode(), name="subs_x.srt.sjson") == HELLO


def test_webvtt_with_voices_is_read() -> None:
    data = (
        "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.500 align:start\n<v Ada>Hello &amp; welcome\n\n"
        "00:03.000 --> 00:04.000\nAgain\n"
    )

    assert read_cues(data.encode(), name="en.vtt") == HELLO


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"{}", b'{"start": 1}', b"WEBVTT\n\nnothing", b"\x00\x01\xff"])
def test_what_holds_no_captions_is_refused(data: bytes) -> None:
    with pytest.raises(CaptionsUnreadable):
        read_cues(data, name="en.srt")


def test_cues_that_end_before_they_start_are_left_out() -> None:
    data = b"1\n00:00:05,000 --> 00:00:04,000\nNo\n\n2\n00:00:06,000 --> 00:00:07,000\nYes\n"

    assert [cue.text for cue in read_cues(data, name="en.srt")] == ["Yes"]


CUES = st.lists(
    st.builds(
        lambda start, length, text: Cue(start=start / 1000, end=(start + length) / 1000, text=text),
        st.integers(0, 36_000_000),
        st.integers(1, 10_000),
        st.text(st.characters(categories=("L", "N"), include_characters="&<>-'"), min_size=1).filter(
            lambda text: "-->" not in text and "<" not in text
        ),
    ),
    min_size=1,
    max_size=5,
)


@given(CUES)
def test_what_is_written_reads_the_same(cues: list[Cue]) -> None:
    in_order = tuple(sorted(cues, key=lambda cue: cue.start))

    assert read_cues(as_webvtt(in_order).encode(), name="en.vtt") == in_order


@pytest.mark.parametrize("end", ["Infinity", "1e300", "NaN"])
def test_times_that_no_recording_has_are_left_out(end: str) -> None:
    data = f'{{"start": [0, 1000], "end": [{end}, 2000], "text": ["No", "Yes"]}}'

    assert read_cues(data.encode(), name="subs_x.srt.sjson") == (Cue(start=1.0, end=2.0, text="Yes"),)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_captions_of_editors_that_save_two_bytes_a_letter_are_read(encoding: str) -> None:
    assert read_cues(SRT.removeprefix("\ufeff").encode(encoding), name="en.srt") == HELLO


def test_cues_may_overlap_and_stand_in_any_order() -> None:
    data = b"1\n00:00:03,000 --> 00:00:09,000\nLate\n\n2\n00:00:01,000 --> 00:00:04,000\nEarly\n"

    assert [(cue.start, cue.text) for cue in read_cues(data, name="en.srt")] == [(1.0, "Early"), (3.0, "Late")]
