"""Logs of newer Open edX sites: the event bus's shape, payloads under another name, custom courses."""

import gzip
import json
import tarfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from stoa.insights.engine.metrics.prepared import parts_of
from stoa.insights.engine.reading.addresses import asked
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.reading.names import block_key, course_key
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.tables import rows_of

COURSE = "course-v1:HillX+Bees101+2025"
VIDEO = "block-v1:HillX+Bees101+2025+type@video+block@swarm"
NOW = 1_800_000_000_000_000
_SURROUNDINGS = {
    "ip": "192.0.2.7",
    "agent": "Tests",
    "host": "hill.example",
    "session": "s1",
    "referer": "https://hill.example/",
    "accept_language": "en",
    "page": f"https://hill.example/courses/{COURSE}/courseware/w1/l1/",
}
_ENROLLED, _CHECKED = "edx.course.enrollment.activated", {"problem_id": VIDEO.replace("video", "problem")}
_EVENTS: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
    (_ENROLLED, "server", "2025-03-01T10:00:00.000001+00:00", {"course_id": COURSE, "mode": "audit"}),
    ("play_video", "browser", "2025-03-01T10:00:01.5+00:00", {"id": VIDEO, "currentTime": 3.25}),
    ("problem_check", "server", "2025-03-01T10:00:02+00:00", {**_CHECKED, "grade": 1, "max_grade": 2, "success": "no"}),
    ("org.hill.honey.tasted", "server", "2025-03-01T10:00:03+00:00", {"jars": [1, {"deep": None}]}),
)


def _logged(name: str, source: str, time: str, payload: Mapping[str, object]) -> dict[str, object]:
    context = {"user_id": 7, "course_id": COURSE, "org_id": "HillX"}
    told = {"event_type": name, "event_source": source, "time": time, "username": "ada", "event": payload}
    return {**told, **_SURROUNDINGS, "context": context}


def _on_the_bus(name: str, source: str, time: str, payload: Mapping[str, object]) -> dict[str, object]:
    context: dict[str, object] = {
        "user_id": 7,
        "course_id": COURSE,
        "org_id": "HillX",
        "username": "ada",
        **_SURROUNDINGS,
    }
    if source != "server":
        context["event_source"] = source
    return {"name": name, "timestamp": time, "data": payload, "context": context}


def _taken(folder: Path, lines: list[str]) -> Warehouse:
    log = folder / "events.log"
    folder.mkdir()
    log.write_text("".join(line + "\n" for line in lines))
    warehouse = Warehouse(folder / "warehouse")
    with warehouse.alone():
        summary = ingest(warehouse, [log], now=NOW)
    assert summary.events == len(lines)
    return warehouse


@pytest.mark.req("R084")
def test_the_event_bus_says_what_a_log_says(tmp_path: Path) -> None:
    logged = _taken(tmp_path / "a", [json.dumps(_logged(*event)) for event in _EVENTS])
    bus = _taken(tmp_path / "b", [json.dumps(_on_the_bus(*event)) for event in _EVENTS])

    for part in (
        "silver",
        "statements/enrolments",
        "dictionaries/learners",
        "dictionaries/objects",
        "dictionaries/ips",
    ):
        assert rows_of(bus, part) == rows_of(logged, part)
    read = [
        {name: row[name] for name in row if name not in {"rest", "path", "event", "name"}}
        for row in rows_of(bus, "bronze")
    ]
    assert read == [{name: row[name] for name in read[0]} for row in rows_of(logged, "bronze")]


def test_one_log_may_hold_both_shapes_and_dirt_beside_them(tmp_path: Path) -> None:
    dirt = "May  1 10:00:00 hill: "
    lines = [json.dumps(make(*event)) for event in _EVENTS for make in (_logged, _on_the_bus)]
    lines[3] = dirt + lines[3]
    log = tmp_path / "mixed.log"
    log.write_text("\n".join([*lines, '{"timestamp": "2025-03-01T10:00:00Z"}', '{"name": 3, "timestamp": []}', ""]))
    warehouse = Warehouse(tmp_path / "warehouse")

    with warehouse.alone():
        summary = ingest(warehouse, [log], now=NOW)

    assert (summary.events, summary.quarantined.total()) == (8, 2)
    kinds = Counter(row["kind"] for row in rows_of(warehouse, "silver"))
    logged = _taken(tmp_path / "a", lines[::2])
    assert kinds == Counter(2 * [row["kind"] for row in rows_of(logged, "silver")])


def test_a_payload_that_is_called_data_is_read(tmp_path: Path) -> None:
    told = _logged("edx.grades.course.grade_calculated", "server", "2025-03-01T10:00:00+00:00", {})
    del told["event"]
    told["data"] = {"user_id": "7", "course_id": COURSE, "percent_grade": 0.75, "letter_grade": "Pass"}

    warehouse = _taken(tmp_path / "a", [json.dumps(told)])

    (grade,) = rows_of(warehouse, "statements/grades")
    assert (grade["percent"], grade["passed"]) == (0.75, True)


_LINES = [json.dumps(_logged(*event)) for event in _EVENTS]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([json.loads(line) for line in _LINES]),
        json.dumps([json.loads(line) for line in _LINES], indent=2),
        "\ufeff" + json.dumps([_on_the_bus(*event) for event in _EVENTS], indent=1),
        "\r\n".join(json.dumps(json.loads(line), indent=4, ensure_ascii=False) for line in _LINES),
        "\n".join(_LINES),
    ],
    ids=["a list", "a list over many lines", "a list from the bus", "objects over many lines", "lines"],
)
def test_a_document_of_events_is_a_log(text: str, tmp_path: Path) -> None:
    (tmp_path / "events.json").write_text(text)
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(text.encode()))
    warehouse = Warehouse(tmp_path / "warehouse")

    with warehouse.alone():
        summary = ingest(warehouse, [tmp_path / "events.json", tmp_path / "packed.json.gz"], now=NOW)

    assert (summary.events, summary.quarantined.total()) == (4, 0)
    assert rows_of(warehouse, "silver") == rows_of(_taken(tmp_path / "a", _LINES), "silver")


def test_a_broken_event_of_a_document_takes_no_other_along(tmp_path: Path) -> None:
    (tmp_path / "events.json").write_text(
        "[\n" + ",\n".join([_LINES[0], '{"event_type": "x",, }', *_LINES[1:], '{"ev'])
    )
    warehouse = Warehouse(tmp_path / "warehouse")

    with warehouse.alone():
        summary = ingest(warehouse, [tmp_path / "events.json"], now=NOW)

    assert (summary.events, summary.quarantined.total()) == (4, 2)


def test_an_archive_of_logs_is_read_file_by_file(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "2025-03.tar.gz", "w:gz") as tar:
        for number, line in enumerate(_LINES):
            (tmp_path / "one.log").write_text(line + "\n")
            tar.add(tmp_path / "one.log", f"host{number}/tracking.log")
    (tmp_path / "half.tar.gz").write_bytes((tmp_path / "2025-03.tar.gz").read_bytes()[:200])
    warehouse = Warehouse(tmp_path / "warehouse")

    with warehouse.alone():
        summary = ingest(warehouse, [tmp_path / "2025-03.tar.gz", tmp_path / "half.tar.gz"], now=NOW)

    assert summary.events == 4
    assert list(summary.skipped) == ["half.tar.gz"]


def test_a_custom_course_is_a_course_of_its_own() -> None:
    key = "ccx-v1:HillX+Bees101+2025+ccx@3"
    address = f"https://hill.example/courses/{key}/courseware/w1/l1/?from=mail"

    assert course_key(key) == course_key(key.replace("+", " ")) == key
    assert course_key("ccx-v1:HillX+Bees101+2025") == ""
    assert asked(address).course == key
    assert asked(address).object == "ccx-block-v1:HillX+Bees101+2025+ccx@3+type@sequential+block@l1"
    assert block_key(key, "video", "swarm") == "ccx-block-v1:HillX+Bees101+2025+ccx@3+type@video+block@swarm"
    assert parts_of(key) == ("HillX", "Bees101", "2025+ccx@3")


def test_a_score_that_is_no_number_is_no_score(tmp_path: Path) -> None:
    name, time = "edx.grades.course.grade_calculated", "2025-03-01T10:00:00+00:00"
    told = _logged(name, "server", time, {"percent_grade": "NaN", "letter_grade": "Pass"})

    warehouse = _taken(tmp_path / "a", [json.dumps(told), json.dumps(told | {"event": {"percent_grade": "inf"}})])

    assert [(row["percent"], row["passed"]) for row in rows_of(warehouse, "statements/grades")] == [
        (None, True),
        (None, None),
    ]


def test_a_learner_whose_name_is_told_late_keeps_the_number_when_files_are_merged(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    people = [("", 7), *((f"learner{number}", number) for number in range(100, 114)), ("ada", 7), ("ada", 7)]
    for number, (username, user_id) in enumerate(people):
        told = _logged("seq_goto", "server", f"2025-03-01T10:00:{number:02}+00:00", {})
        told |= {"username": username, "context": {"user_id": user_id, "course_id": COURSE}}
        (tmp_path / f"{number:02}.log").write_text(json.dumps(told) + "\n")
        with warehouse.alone():
            ingest(warehouse, [tmp_path / f"{number:02}.log"], now=NOW)

    assert [row["learner"] for row in rows_of(warehouse, "silver") if row["seq"] in {0, 15, 16}] == [0, 0, 0]
    learners = {row["id"]: row["name"] for row in rows_of(warehouse, "dictionaries/learners")}
    assert learners == {0: "ada", **{number: people[number][0] for number in range(1, 15)}}


@pytest.mark.parametrize("before", ["", " \n"])
def test_a_form_of_answers_and_json_that_was_cut_off_name_their_problem(before: str, tmp_path: Path) -> None:
    problem = "i4x-HillX-Bees101-problem-swarm"
    told = [f"input_{problem}_2_1=choice_1", f'{before}{{"problem_id": "{problem}"', f'{before}{{"id": "{problem}"}}']
    times = [f"2025-03-01T10:00:0{number}+00:00" for number in range(len(told))]
    lines = [
        json.dumps(_logged("problem_check", "browser", time, {}) | {"event": event})
        for time, event in zip(times, told, strict=True)
    ]

    warehouse = _taken(tmp_path / "a", lines)

    assert rows_of(warehouse, "dictionaries/objects")[0]["name"] == "i4x://HillX/Bees101/problem/swarm"
    assert [row["object"] for row in rows_of(warehouse, "silver")] == [0, 0, 0]
