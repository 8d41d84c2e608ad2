import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.courseware.rules import beacons
from stoa.courseware.rules.beacons import BatchRefused

KEYS = st.sampled_from(["name", "item", "currentTime", "events"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "item", "currentTime", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from([*beacons.NUMBERS, "edx.course.enrollment.activated", "problem_check"])
EVENTS = st.fixed_dictionaries({"name": NAMES, "item": st.text(max_size=9), "currentTime": JSON, "new_time": JSON})


@given(JSON)
def test_anything_is_read_or_refused(given_json: object) -> None:
    try:
        batch = beacons.read(json.dumps(given_json).encode())
    except BatchRefused:
        return
    assert len(batch.beacons) <= beacons.MOST_EVENTS


@given(st.lists(EVENTS, max_size=60))
def test_only_known_events_with_plausible_numbers_get_through(events: list[dict[str, object]]) -> None:
    batch = beacons.read(json.dumps({"course": "c", "run": "r", "step": "s", "events": events}).encode())

    assert {beacon.name for beacon in batch.beacons} <= beacons.NUMBERS.keys()
    assert all(0 <= seconds <= beacons.LONGEST_VIDEO for seconds in batch.positions.values())


def test_the_last_place_counts_and_the_end_starts_over() -> None:
    def batch(*events: tuple[str, float]) -> dict[str, float]:
        told = [{"name": name, "item": "film", "currentTime": at, "new_time": at} for name, at in events]
        return beacons.read(json.dumps({"events": told}).encode()).positions

    assert batch(("play_video", 3), ("seek_video", 40), ("pause_video", 44)) == {"film": 44}
    assert batch(("play_video", 3), ("stop_video", 60)) == {"film": 0.0}


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"events": 3}', b"{" * 20_000, b"\xff\xfe"])
def test_what_is_no_batch_is_refused(body: bytes) -> None:
    with pytest.raises(BatchRefused):
        beacons.read(body)


@pytest.mark.req("R093")
@pytest.mark.parametrize(
    ("told", "event_type", "payload"),
    [
        (
            {"name": "video_failed", "reason": "stands still", "source": "https://v.example:8443/a.mp4?key=secret"},
            "stoa.media.failed",
            {"source": "v.example", "code": "stands still"},
        ),
        (
            {"name": "source_failed", "source": "https://v.example/a.webm"},
            "stoa.media.source_failed",
            {"source": "v.example", "code": "source"},
        ),
    ],
)
def test_of_a_failure_the_log_keeps_whose_server_it_was_and_nothing_more(
    told: dict[str, str], event_type: str, payload: dict[str, str]
) -> None:
    batch = beacons.read(json.dumps({"events": [told | {"item": "film", "email": "ada@post.example"}]}).encode())

    (beacon,) = batch.beacons
    assert (beacon.event_type, dict(beacon.payload)) == (event_type, payload)
    assert batch.tells_failures
    assert batch.without_failures().beacons == ()
