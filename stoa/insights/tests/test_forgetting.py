"""A forgotten learner is nowhere in the warehouse, and the counts stay."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.forgetting import forget
from stoa.insights.engine.warehouse.warehouse import Warehouse

COURSE = "course-v1:Org+C1+R1"


def line(username: str, number: int, event_type: str, second: int, **event: object) -> str:
    return json.dumps(
        {
            "username": username,
            "event_type": event_type,
            "name": event_type,
            "ip": f"81.2.69.{number % 100}",
            "agent": f"Browser of {username}",
            "host": "courses.example.org",
            "session": f"session-of-{username}",
            "event": event,
            "event_source": "server",
            "context": {"user_id": number, "course_id": COURSE, "org_id": "Org", "path": f"/u/{username}"},
            "time": f"2025-03-01T10:00:{second:02d}+00:00",
            "page": None,
        }
    )


LINES = [
    line("ada", 7100071, "edx.course.enrollment.activated", 1, course_id=COURSE, user_id=7100071, mode="audit"),
    line("ada", 7100071, "edx.user.settings.changed", 2, setting="gender", new="f", user_id=7100071),
    line("ada", 7100071, "edx.forum.thread.viewed", 3, id="t1"),
    line("bo", 7100072, "edx.forum.thread.viewed", 4, id="t1"),
]


def taken_in(warehouse: Warehouse, path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n")
    ingest(warehouse, [path], now=2_000_000_000_000_000)


def everything(warehouse: Warehouse) -> str:
    """All that readers see, as text."""
    manifest = warehouse.snapshot().manifest
    tables = [
        duckdb.execute("SELECT * FROM read_parquet($files)", {"files": warehouse.snapshot().files(part)}).fetchall()
        for part in manifest.parts
    ]
    # Salted digests are other ones each time, and may hold any name of a to f: they tell nobody's.
    return re.sub(r"\b[0-9a-f]{16,}\b", "digest", repr(tables))


@pytest.mark.req("R085")
def test_nothing_tells_who_a_forgotten_learner_was(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w")
    with warehouse.alone():
        taken_in(warehouse, tmp_path / "a.log", LINES)
        rows = {part: warehouse.snapshot().manifest.rows(part) for part in ("silver", "bronze")}
        known = forget(warehouse, ["ada", "nobody"])

    seen = everything(warehouse)
    assert known == ["ada"]
    assert [word for word in ("ada", "7100071", "81.2.69.71") if word in seen] == []
    assert [word for word in ("'bo'", "7100072", "81.2.69.72") if word not in seen] == []
    assert {part: warehouse.snapshot().manifest.rows(part) for part in rows} == rows


def test_the_same_log_under_another_name_does_not_bring_them_back(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w")
    with warehouse.alone():
        taken_in(warehouse, tmp_path / "a.log", LINES)
        forget(warehouse, ["ada"])
        taken_in(warehouse, tmp_path / "b.log", list(reversed(LINES)))

    assert "ada" not in everything(warehouse)
    assert warehouse.snapshot().manifest.rows("silver") == len(LINES)


def test_an_erased_account_is_forgotten_without_being_asked(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "w")
    with warehouse.alone():
        taken_in(
            warehouse, tmp_path / "a.log", [*LINES, line("ada", 7100071, "stoa.account.erased", 9, user_id=7100071)]
        )

    assert "ada" not in everything(warehouse)
    assert warehouse.snapshot().manifest.rows("silver") == len(LINES) + 1
