"""What happens on a site is counted within seconds, whatever dies meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stoa.insights.engine.following.follower import compress_closed
from stoa.insights.engine.following.spool import Watch, is_closed
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries import figures
from stoa.insights.queries.figures import FiguresUnavailable
from stoa.run.tests.folders import data_folder

pytestmark = pytest.mark.django_db
PATIENCE = 60.0


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with data_folder("stoa-follow-") as folder:
        monkeypatch.setenv("STOA_DATA", str(folder))
        monkeypatch.setenv("STOA_SECRET_KEY", "a-secret-of-this-test-that-is-long-enough-for-all")
        monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
        monkeypatch.setattr(figures, "_kept", {})
        yield folder


@contextmanager
def following(data: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | more
    command = [sys.executable, "-m", "stoa.cli", "--data", str(data), "insights", "follow"]
    running = subprocess.Popen(command, env=environment)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(timeout=20)


def page_view(number: int) -> str:
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    course = "course-v1:Porch+PY1+1"
    context = {"user_id": number, "course_id": course, "org_id": "Porch", "path": "/"}
    event = {
        "username": f"learner-{number}",
        "event_type": f"/courses/{course}/courseware/week1/lesson1/",
        "ip": "",
        "agent": "",
        "host": "",
        "session": "",
        "event": "{}",
        "event_source": "server",
        "context": context,
        "time": at,
        "page": None,
    }
    return json.dumps(event) + "\n"


def write(data: Path, lines: list[str], name: str = "") -> Path:
    now = datetime.now(UTC)
    path = data / "spool" / f"{now:%Y-%m-%d}" / (name or f"{now:%H}-77.log")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write("".join(lines))
    return path


def counted(events: int) -> float:
    """Wait until so many events, each of another participant, are counted; the seconds that took."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            head = figures.headline()
            if min(head.events, head.participants) >= events:
                return time.monotonic() - began
        except FiguresUnavailable:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{events} events were not counted in {PATIENCE} s")


@pytest.mark.req("R085")
def test_events_are_counted_as_they_come_and_none_twice(data: Path) -> None:
    with following(data):
        write(data, [page_view(number) for number in range(20)])
        counted(20)
        torn = page_view(20)
        write(data, [torn[:40]])
        write(data, [torn[40:], page_view(21)])
        counted(22)

        assert figures.headline().events == 22
        assert figures.headline().participants == 22


def test_a_killed_engine_is_started_again_and_loses_nothing(data: Path) -> None:
    with following(data) as follower:
        write(data, [page_view(number) for number in range(10)])
        counted(10)
        for engine in children(follower.pid):
            os.kill(engine, signal.SIGKILL)
        write(data, [page_view(number) for number in range(10, 15)])
        counted(15)

        assert figures.headline().events == 15


def test_a_killed_follower_takes_its_engine_with_it_and_the_next_goes_on(data: Path) -> None:
    with following(data) as follower:
        write(data, [page_view(number) for number in range(10)])
        counted(10)
        engines = children(follower.pid)
        follower.kill()
        for _ in range(200):
            if not any(Path(f"/proc/{one}").exists() for one in engines):
                break
            time.sleep(0.1)
        assert not any(Path(f"/proc/{one}").exists() for one in engines)
    with following(data):
        write(data, [page_view(10)])
        counted(11)

        assert figures.headline().events == 11


def test_an_idle_engine_ends_and_comes_back_for_a_question(data: Path) -> None:
    with following(data, STOA_INSIGHTS_IDLE="1") as follower:
        write(data, [page_view(1)])
        counted(1)
        for _ in range(200):
            if not children(follower.pid):
                break
            time.sleep(0.1)
        assert children(follower.pid) == []

        assert figures.headline().events == 1


def test_closed_logs_are_packed_and_stay_known(data: Path) -> None:
    with following(data, STOA_INSIGHTS_IDLE="1"):
        old = write(data, [page_view(1)], name="00-5.log")
        old = old.rename(old.parent.parent / "2026-01-01.tmp")
        folder = data / "spool" / "2026-01-01"
        folder.mkdir()
        old = old.rename(folder / "00-5.log")
        counted(1)
        for _ in range(200):
            if old.with_suffix(".log.zst").exists():
                break
            time.sleep(0.1)
        assert not old.exists()
        write(data, [page_view(2)])
        counted(2)

        assert figures.headline().events == 2


def test_what_grew_is_said_once(tmp_path: Path) -> None:
    folder = tmp_path / "2026-11-29"
    folder.mkdir()
    (folder / "10-1.log").write_text("one\n")
    watch = Watch(tmp_path)

    assert [path.name for path in watch.grown()] == ["10-1.log"]
    assert watch.grown() == []
    (folder / "10-1.log").write_text("one\ntwo\n")
    assert [path.name for path in watch.grown()] == ["10-1.log"]


def test_what_comes_late_into_an_old_folder_is_said_and_what_is_packed_is_no_log_any_more(tmp_path: Path) -> None:
    for day in ("2026-01-01", "2026-11-29"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "10-1.log").write_text("one\n")
    watch = Watch(tmp_path)
    assert len(watch.grown()) == 2
    old = tmp_path / "2026-01-01"
    os.utime(old, (1_767_225_600, 1_767_225_600))
    assert watch.grown() == []

    (old / "11-2.log").write_text("two\n")
    assert [path.name for path in watch.grown()] == ["11-2.log"]
    (old / "10-1.log").rename(old / "10-1.log.zst")
    assert [path.name for path in watch.grown()] == ["10-1.log.zst"]
    assert watch.grown() == []


def test_a_log_is_closed_when_its_hour_is_long_over() -> None:
    path = Path("spool/2026-11-29/10-77.log")
    ten = datetime(2026, 11, 29, 10, tzinfo=UTC)

    assert not is_closed(path, at=ten + timedelta(minutes=65))
    assert is_closed(path, at=ten + timedelta(minutes=71))
    assert not is_closed(Path("spool/2026-11-29/other.log"), at=ten + timedelta(days=9))


def test_packing_keeps_every_byte(tmp_path: Path) -> None:
    (tmp_path / "2026-01-01").mkdir()
    (tmp_path / "2026-01-01" / "00-5.log").write_text("line\n" * 1000)

    assert compress_closed(tmp_path) == 1
    assert compress_closed(tmp_path) == 0
    assert Warehouse(tmp_path / "w").snapshot().version == 0


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]
