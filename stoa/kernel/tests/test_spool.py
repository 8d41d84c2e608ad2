import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stoa.kernel import spool, tracking


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    return tmp_path / "spool"


def lines(folder: Path) -> list[str]:
    return [line for path in sorted(folder.rglob("*.log")) for line in path.read_text().splitlines()]


def test_lines_of_many_threads_never_mix(folder: Path) -> None:
    said = [f"{number} {'x' * 5000}" for number in range(400)]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda line: spool.append(f"{line}\n".encode()), said))

    assert sorted(lines(folder)) == sorted(said)


def test_a_file_holds_one_process_and_one_hour(folder: Path) -> None:
    spool.append(b"here\n")

    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.log")]
    assert len(names) == 1
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d/\d\d-{os.getpid()}\.log", names[0])


def test_what_a_killed_process_spooled_is_kept(folder: Path) -> None:
    child = os.fork()
    if child == 0:
        spool.append(b"kept\n")
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)

    assert lines(folder) == ["kept"]


def test_a_spool_that_cannot_be_written_breaks_no_page(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder.parent.joinpath("spool").write_text("in the way")

    tracking.keep(b"lost\n")

    assert "The event spool cannot be written" in caplog.text


def test_an_event_has_the_shape_of_the_edx_tracking_log(folder: Path) -> None:
    visit = tracking.Visit(
        ip="192.0.2.7", agent="Firefox", host="learn.example.org", session="s1", path="/a", user_id=4
    )

    with tracking.visiting(visit):
        tracking.record(
            tracking.Tracked(event_type="problem_check", event={"grade": 1}, course_id="course-v1:A+B+C", org_id="A")
        )

    told = json.loads(lines(folder)[0])
    when = told.pop("time")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", when)
    assert told == {
        "username": "",
        "event_type": "problem_check",
        "name": "problem_check",
        "ip": "192.0.2.7",
        "agent": "Firefox",
        "host": "learn.example.org",
        "session": "s1",
        "referer": "",
        "accept_language": "",
        "event": {"grade": 1},
        "event_source": "server",
        "context": {"user_id": 4, "org_id": "A", "course_id": "course-v1:A+B+C", "path": "/a"},
        "page": None,
    }


def test_a_browser_sends_its_payload_as_a_string(folder: Path) -> None:
    tracking.record(
        tracking.Tracked(event_type="play_video", event={"currentTime": 3.5}, event_source="browser", page="/step/")
    )

    told = json.loads(lines(folder)[0])
    assert (told["event"], told["event_source"], told["page"]) == ('{"currentTime": 3.5}', "browser", "/step/")
