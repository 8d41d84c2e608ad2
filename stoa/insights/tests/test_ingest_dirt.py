"""What real logs are like: each kind of dirt is read, mended or put aside with its reason."""

import gzip
import json
import zipfile
from pathlib import Path

import duckdb
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.reading.summary import Summary
from stoa.insights.engine.warehouse.dictionaries import dictionary_sql
from stoa.insights.engine.warehouse.warehouse import Warehouse

COURSE = "course-v1:Org+C1+R1"
OLD = "Org/C1/R1"
NOW = 1_900_000_000_000_000
VIDEO = "block-v1:Org+C1+R1+type@video+block@v1"
LESSON = "block-v1:Org+C1+R1+type@sequential+block@l1"
STEP = "block-v1:Org+C1+R1+type@vertical+block@s1"
HANDLER = "handler/xmodule_handler/problem_get"
NOTHING = (-1, -1, -1)
PROBLEM = "block-v1:Org+C1+R1+type@problem+block@p1"


def event(**changes: object) -> dict[str, object]:
    return {
        "username": "ada",
        "event_type": "play_video",
        "event": {"id": "v1", "currentTime": 1.5},
        "event_source": "browser",
        "context": {"user_id": 7, "course_id": COURSE, "org_id": "Org"},
        "time": "2025-03-01T10:00:00.000001+00:00",
        "ip": "81.2.69.7",
        "page": None,
        **changes,
    }


def take(folder: Path, content: bytes, name: str = "tracking.log") -> tuple[Summary, list[tuple[object, ...]]]:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        summary = ingest(warehouse, [folder / name], now=NOW)
    return summary, silver(warehouse)


def silver(warehouse: Warehouse) -> list[tuple[object, ...]]:
    snapshot = warehouse.snapshot()
    if not snapshot.files("silver"):
        return []
    courses, learners, objects = (
        dictionary_sql(snapshot, f"dictionaries/{name}") for name in ("courses", "learners", "objects")
    )
    return duckdb.execute(
        f"""SELECT c.name, l.name, kind, o.name, a, b, flag, t FROM read_parquet($silver) s
        LEFT JOIN ({courses}) c ON c.id = s.course LEFT JOIN ({learners}) l ON l.id = s.learner
        LEFT JOIN ({objects}) o ON o.id = s.object ORDER BY seq""",  # noqa: S608 -- made by the engine
        {"silver": snapshot.files("silver")},
    ).fetchall()


@pytest.mark.req("R084")
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"# a remark", "not JSON"),
        (b'{"event_type": "x", "time"', "truncated last line"),
        (b"[1, 2]\n", "not JSON"),
        (b'{"event_type": "x"}\n', "no time"),
        (b'{"event_type": "x", "time": "yesterday"}\n', "time unreadable"),
        (b'{"event_type": "x", "time": "2099-01-01T00:00:00Z"}\n', "time in the future"),
        (b'{"event_type": "x", "time": "1970-01-01T00:00:00Z"}\n', "time before the year 2000"),
        (b'{"username": "ada", "time": "2025-03-01T10:00:00Z"}\n', "no event type"),
        (
            b'{"verb": {"id": "https://w3id.org/xapi/video/verbs/played"}, "object": {"id": "x"}, "actor": {}}\n',
            "a statement of xAPI: give the tracking log that it was made from",
        ),
        (b'{"event_type": "\xff\xfe", "time": "2025-03-01T10:00:00Z"}\n', "wrong encoding"),
        (b'{"event_type": "x", "event": "' + b"y" * (4 << 20) + b'", "time": "2025-03-01T10:00:00Z"}\n', "too long"),
    ],
)
def test_a_bad_line_is_put_aside_and_the_others_are_read(line: bytes, reason: str, tmp_path: Path) -> None:
    good = json.dumps(event()).encode() + b"\n"

    summary, rows = take(tmp_path, good + line)

    assert (summary.lines, summary.events, dict(summary.quarantined)) == (2, 1, {reason: 1})
    assert len(rows) == 1


@pytest.mark.parametrize(
    "dirty",
    [
        lambda line: b"\xef\xbb\xbf" + line + b"\n",
        lambda line: line + b"\r\n",
        lambda line: b"\0\0\0" + line + b"\n",
        lambda line: b"\n   \n" + line + b"\n\n",
        lambda line: b"Mar  1 10:00:00 host [tracking] - " + line + b"\n",
        lambda line: line,
    ],
    ids=["BOM", "CRLF", "NUL", "blank lines", "syslog", "no line end"],
)
def test_dirt_around_a_line_is_taken_off(dirty: object, tmp_path: Path) -> None:
    assert callable(dirty)

    summary, rows = take(tmp_path, dirty(json.dumps(event()).encode()))

    assert (summary.lines, summary.events) == (1, 1)
    assert rows[0][:3] == (COURSE, "ada", Kind.PLAY)


@pytest.mark.parametrize(
    ("changes", "kind", "about", "numbers"),
    [
        ({}, Kind.PLAY, VIDEO, (1500, -1, -1)),
        (
            {"event": '{"id": "v1", "currentTime": 1.5}'},
            Kind.PLAY,
            VIDEO,
            (1500, -1, -1),
        ),
        (
            {"event_type": "edx.video.played", "event": {"id": "v1", "current_time": 2, "code": "mobile"}},
            Kind.PLAY,
            VIDEO,
            (2000, -1, -1),
        ),
        (
            {"event_type": "seek_video", "event": '{"id": "i4x-Org-C1-video-v1", "old_time": 1, "new_time": 9.5}'},
            Kind.SEEK,
            "i4x://Org/C1/video/v1",
            (1000, 9500, -1),
        ),
        (
            {"event_type": "speed_change_video", "event": {"id": "v1", "old_speed": "1.0", "new_speed": "1.5"}},
            Kind.SPEED,
            VIDEO,
            (100, 150, -1),
        ),
        (
            {
                "event_type": "problem_check",
                "event_source": "server",
                "event": {"problem_id": PROBLEM, "grade": 1, "max_grade": 2, "success": "incorrect"},
            },
            Kind.CHECK,
            PROBLEM,
            (1000, 2000, 0),
        ),
        (
            {"event_type": "problem_check", "event": "input_i4x-Org-C1-problem-p1_2_1=choice_1"},
            Kind.CHECK_BROWSER,
            "i4x://Org/C1/problem/p1",
            NOTHING,
        ),
        (
            {
                "event_type": "problem_check",
                "event_source": "server",
                "event": '{"problem_id": "' + PROBLEM + '", "answ',
            },
            Kind.CHECK,
            PROBLEM,
            NOTHING,
        ),
        (
            {"event_type": f"/courses/{COURSE}/courseware/m1/l1/", "event": '{"POST": {}, "GET": {}}'},
            Kind.PAGE,
            "block-v1:Org+C1+R1+type@sequential+block@l1",
            NOTHING,
        ),
        (
            {"event_type": f"/courses/{COURSE}/xblock/{PROBLEM}/handler/xmodule_handler/problem_get"},
            Kind.HANDLER,
            PROBLEM,
            NOTHING,
        ),
        ({"event_type": f"/courses/{COURSE}/progress"}, Kind.PROGRESS, f"{COURSE}/progress", NOTHING),
        (
            {"event_type": "/courses/how-to/r1/steps/s1/"},
            Kind.PAGE,
            "block-v1:Org+C1+R1+type@vertical+block@s1",
            NOTHING,
        ),
        ({"event_type": "something.new", "event": {"id": "z"}}, Kind.OTHER, "something.new", NOTHING),
    ],
)
def test_an_event_says_what_it_is_about(
    changes: dict[str, object], kind: Kind, about: str, numbers: tuple[int, int, int], tmp_path: Path
) -> None:
    _, rows = take(tmp_path, json.dumps(event(**changes)).encode() + b"\n")

    assert rows[0][:7] == (COURSE, "ada", kind, about, *numbers)


@pytest.mark.parametrize(
    ("changes", "course"),
    [
        ({"context": {"course_id": OLD}}, OLD),
        ({"context": {}, "event_type": f"/courses/{OLD}/courseware/"}, OLD),
        ({"context": {}, "event_type": f"/courses/{COURSE}/info"}, COURSE),
        ({"context": {}, "page": f"https://x.example.org/courses/{COURSE}/courseware/m1/l1/"}, COURSE),
        ({"context": {}, "page": "https://x.example.org/courses/course-v1%3AOrg%2BC1%2BR1/courseware/m1/l1/"}, COURSE),
        ({"context": {"course_id": ""}}, None),
    ],
)
def test_the_course_is_found_where_it_is_told(changes: dict[str, object], course: str | None, tmp_path: Path) -> None:
    _, rows = take(tmp_path, json.dumps(event(**changes)).encode() + b"\n")

    assert rows[0][0] == course


@pytest.mark.parametrize(
    ("time", "t"),
    [
        ("2025-03-01T10:00:00+00:00", 1_740_823_200_000_000),
        ("2025-03-01T10:00:00Z", 1_740_823_200_000_000),
        ("2025-03-01T12:00:00+02:00", 1_740_823_200_000_000),
        ("2025-03-01 10:00:00.25", 1_740_823_200_250_000),
        ("2025-03-01T10:00:00", 1_740_823_200_000_000),
    ],
)
def test_times_with_and_without_offset_and_fraction(time: str, t: int, tmp_path: Path) -> None:
    _, rows = take(tmp_path, json.dumps(event(time=time)).encode() + b"\n")

    assert rows[0][7] == t


def test_whoever_has_no_name_is_known_by_their_number_until_one_is_told(tmp_path: Path) -> None:
    lines = [event(username="", time="2025-03-01T10:00:00Z"), event(time="2025-03-01T10:00:01Z")]

    _, rows = take(tmp_path, "".join(json.dumps(line) + "\n" for line in lines).encode())

    assert [row[1] for row in rows] == ["ada", "ada"]


def test_a_log_is_known_again_however_it_is_packed_and_called(tmp_path: Path) -> None:
    content = "".join(json.dumps(event(time=f"2025-03-01T10:00:{n:02d}Z")) + "\n" for n in range(50)).encode()
    take(tmp_path, content + b"no event\n")
    before = Warehouse(tmp_path / "w").snapshot().manifest

    take(tmp_path, gzip.compress(content + b"no event\n"), "b.log.gz")
    take(tmp_path, zstandard.compress(content + b"no event\n"), "c.log.zst")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("tracking.log", content + b"no event\n")
    summary, rows = take(tmp_path, (tmp_path / "d.zip").read_bytes(), "d.zip")

    assert (summary.events, len(rows)) == (0, 50)
    assert Warehouse(tmp_path / "w").snapshot().manifest == before


def test_a_log_that_grew_is_read_from_where_it_ended(tmp_path: Path) -> None:
    lines = [json.dumps(event(time=f"2025-03-01T10:00:{n:02d}Z")) + "\n" for n in range(20)]
    take(tmp_path, "".join(lines[:10]).encode())

    summary, rows = take(tmp_path, "".join(lines).encode())

    assert (summary.lines, summary.events, summary.duplicates, len(rows)) == (10, 10, 0, 20)


def test_the_same_events_in_another_order_are_all_duplicates(tmp_path: Path) -> None:
    lines = [json.dumps(event(time=f"2025-03-01T10:00:{n:02d}Z")) + "\n" for n in range(20)]
    take(tmp_path, "".join(lines).encode())

    summary, rows = take(tmp_path, "".join(reversed(lines)).encode(), "other.log")

    assert (summary.events, summary.duplicates, len(rows)) == (0, 20, 20)


def test_a_cut_archive_gives_what_can_be_had(tmp_path: Path) -> None:
    content = "".join(
        json.dumps(event(time=f"2025-03-01T10:{n // 60:02d}:{n % 60:02d}Z")) + "\n" for n in range(3000)
    ).encode()
    packed = gzip.compress(content)

    summary, rows = take(tmp_path, packed[: len(packed) // 2], "cut.log.gz")

    assert 0 < len(rows) < 3000
    assert [reason.partition(":")[0] for reason in summary.quarantined] == ["cannot be unpacked"]


ANY_LINE = st.one_of(
    st.binary(max_size=60), st.text(max_size=60).map(str.encode), st.just(json.dumps(event()).encode())
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ANY_LINE, max_size=12))
def test_whatever_the_lines_are_each_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    content = b"\n".join(lines)
    written = [line for line in content.split(b"\n") if line.strip()]

    summary, rows = take(tmp_path_factory.mktemp("any"), content)

    assert summary.lines == len(written)
    assert summary.lines == summary.events + summary.duplicates + summary.quarantined.total()
    assert len(rows) == summary.events


def test_many_small_batches_end_in_few_files(tmp_path: Path) -> None:
    lines = [json.dumps(event(time=f"2025-03-01T10:{n // 60:02d}:{n % 60:02d}Z")) + "\n" for n in range(400)]
    (tmp_path / "tracking.log").write_text("".join(lines))
    warehouse = Warehouse(tmp_path / "w")

    with warehouse.alone():
        ingest(warehouse, [tmp_path / "tracking.log"], now=NOW, size=2_000)

    assert warehouse.snapshot().manifest.rows("silver") == 400
    assert len(warehouse.snapshot().files("silver")) < 35
