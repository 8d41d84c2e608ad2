"""Another team's logs, tables and structures come in without a fault, and every line is accounted for."""

import os
from pathlib import Path

import duckdb
import pytest

from stoa.insights.engine.reading.file_kinds import FileKind, kind_of
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.reading.sources import Source
from stoa.insights.engine.warehouse.warehouse import Snapshot, Warehouse

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("STOA_SHARED", ROOT.parent / "shared")) / "data"
INPUT = DATA / "tracking_logs" / "edx-analytics-pipeline" / "input"
COURSES = DATA / "courses"
pytestmark = pytest.mark.skipif(not INPUT.exists(), reason="the shared logs are not there")
NOW = 1_800_000_000_000_000
LOGS = sorted(path for path in INPUT.glob("*.log*") if path.stat().st_size) if INPUT.exists() else []


@pytest.mark.req("R084")
@pytest.mark.parametrize("log", LOGS, ids=lambda path: path.name)
def test_every_line_of_a_real_log_is_an_event_a_duplicate_or_in_quarantine(log: Path, tmp_path: Path) -> None:
    written = [line for line in log.read_bytes().split(b"\n") if line.strip()]
    warehouse = Warehouse(tmp_path)

    with warehouse.alone():
        summary = ingest(warehouse, [log], now=NOW)

    kept = warehouse.snapshot().manifest
    assert summary.lines == len(written)
    assert summary.lines == summary.events + summary.duplicates + summary.quarantined.total()
    assert (kept.rows("silver"), kept.rows("bronze")) == (summary.events, summary.events)
    assert kept.rows("quarantine") == summary.quarantined.total()


def test_the_whole_folder_comes_in_and_again_changes_nothing(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.alone():
        ingest(warehouse, [INPUT], now=NOW)
        before = warehouse.snapshot().manifest
        again = ingest(warehouse, [INPUT], now=NOW)

    assert warehouse.snapshot().manifest == before
    assert (again.events, again.rows, again.structures) == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "part", "rows"),
    [
        ("load_student_courseenrollment.sql", "enrolments", 8),
        ("load_certificates_generatedcertificate.sql", "certificates", 4),
        ("load_grades_persistentcoursegrade.sql", "grades", 4),
        ("obfuscation/state/edX-DemoX-Demo_Course-student_courseenrollment-acceptance.sql", "enrolments", 4),
        ("obfuscation/state/edX-DemoX-Demo_Course-acceptance.mongo", "forum", 3),
        ("course_structure/course1.json", "blocks", 4),
        ("course_list.json", "courses", 16),
    ],
)
def test_a_table_says_what_stands_in_it(name: str, part: str, rows: int, tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)

    with warehouse.alone():
        ingest(warehouse, [INPUT / name], now=NOW)

    assert warehouse.snapshot().manifest.rows(f"statements/{part}") == rows


def test_accounts_give_learners_their_names(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    folder = INPUT / "obfuscation" / "state"

    with warehouse.alone():
        ingest(warehouse, sorted(folder.glob("*user*.sql")), now=NOW)

    assert _learners(warehouse.snapshot()) == [("honor", 1), ("audit", 2), ("verified", 3), ("staff", 4)]


@pytest.mark.skipif(not COURSES.exists(), reason="the shared courses are not there")
def test_an_olx_export_tells_what_a_course_is_made_of(tmp_path: Path) -> None:
    export = next(iter(sorted(COURSES.glob("*.tar.gz"))))
    warehouse = Warehouse(tmp_path)

    with warehouse.alone():
        summary = ingest(warehouse, [export], now=NOW)

    kinds = {kind for (kind,) in _rows(warehouse.snapshot(), "statements/blocks", "DISTINCT kind")}
    assert summary.structures == 1
    assert {"chapter", "sequential", "vertical"} <= kinds


def test_files_that_nobody_knows_are_said(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear team,\nall is well.\n")
    warehouse = Warehouse(tmp_path / "w")

    with warehouse.alone():
        summary = ingest(warehouse, [tmp_path / "letter.txt"], now=NOW)

    assert summary.skipped == {"letter.txt": "nobody here knows this kind of file"}
    assert kind_of(Source(path=tmp_path / "letter.txt")) is FileKind.UNKNOWN


def _learners(snapshot: Snapshot) -> list[tuple[object, ...]]:
    return _rows(snapshot, "dictionaries/learners", "name, user_id")


def _rows(snapshot: Snapshot, part: str, columns: str) -> list[tuple[object, ...]]:
    query = f"SELECT {columns} FROM read_parquet($files)"  # noqa: S608 -- words of this file
    return duckdb.execute(query, {"files": snapshot.files(part)}).fetchall()
