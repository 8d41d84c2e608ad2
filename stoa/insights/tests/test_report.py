"""The public report: complete or not at all, each number with its denominator, the same bytes each time."""

import json
import re
from html import unescape
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from stoa.insights.commands.reporting import report as command
from stoa.insights.engine.demo.making import make as make_demo
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.reporting.exhibits.certification import GROUPS, per_course
from stoa.insights.engine.reporting.exhibits.leaving import still_there
from stoa.insights.engine.reporting.exhibits.times import very_fast
from stoa.insights.engine.reporting.making import make
from stoa.insights.engine.reporting.page import page, verified
from stoa.insights.engine.reporting.people import People
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.tests.reports import (
    DAY,
    IMPRINT,
    START,
    cells,
    crowd,
    exhibit,
    ordinary,
    reported,
)
from stoa.insights.tests.tables import a_warehouse_with

COMPLETE = {
    "--title": "Four years",
    "--author": "Ada",
    "--editor": "Cleo",
    "--date": "2026-11-29",
    "--full-text": "https://example.org/full",
    "--from": "2012-09-01",
    "--to": "2026-08-31",
    "--method": "Counted.",
}
#: How a denominator is called.
WHO = (
    "registrants",
    "participants",
    "viewers",
    "explorers",
    "intenders",
    "verified learners",
    "credential earners",
    "the participants of the",
    "men among participants",
    "adults of the same countries",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, events=40_000, seed=1, tell=lambda _: None)
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        ingest(warehouse, [folder / "logs"], now=2_000_000_000_000_000)
        build(warehouse)
    return folder


def asked(folder: Path, *more: str, without: str = "") -> list[str]:
    options = [word for name, value in COMPLETE.items() if name != without for word in (name, value)]
    return ["--warehouse", str(folder), *options, *more]


@pytest.mark.req("R011")
@pytest.mark.parametrize("missing", ["--title", "--author", "--editor", "--date", "--full-text"])
def test_it_is_not_published_when_a_part_of_the_imprint_is_missing(tmp_path: Path, missing: str) -> None:
    a_warehouse_with(tmp_path / "w", crowd(20))
    target = tmp_path / "r.html"

    said = CliRunner().invoke(command, asked(tmp_path / "w", "-o", str(target), without=missing))

    assert said.exit_code == 1
    assert missing in said.stderr
    assert not target.exists()


@pytest.mark.req("R011")
def test_it_is_not_published_without_a_method_or_with_half_a_period(tmp_path: Path) -> None:
    a_warehouse_with(tmp_path / "w", crowd(20))
    target = ["-o", str(tmp_path / "r.html")]

    silent = CliRunner().invoke(command, asked(tmp_path / "w", "--method", " ", *target))
    halved = CliRunner().invoke(command, asked(tmp_path / "w", *target, without="--to"))

    assert (silent.exit_code, halved.exit_code) == (1, 2)
    assert "the method" in silent.stderr
    assert "--from and --to" in halved.stderr
    assert not (tmp_path / "r.html").exists()


@pytest.mark.req("R012")
def test_it_lays_out_at_least_nine_questions_each_with_number_denominator_method_and_figure(demo: Path) -> None:
    made = make(Warehouse(demo / "w").snapshot(), IMPRINT)
    text, _ = page(made, {})

    assert len(made.exhibits) >= 9
    for one in made.exhibits:
        assert one.question.endswith("?")
        assert all((one.number, one.denominator, one.method, one.charts, one.grids)), one.anchor
        assert text.count(f'<section id="{one.anchor}"') == text.count(f'<a href="#{one.anchor}">') == 1


@pytest.mark.req("R013")
def test_every_percentage_of_the_page_has_a_named_denominator_beside_it(demo: Path) -> None:
    text, _ = page(make(Warehouse(demo / "w").snapshot(), IMPRINT), {})

    body = unescape(re.sub(r"<[^>]+>", " ", text.partition("</style>")[2])).replace("\N{NO-BREAK SPACE}", " ")
    found = list(re.finditer(r"\d %(?=(.{0,80}))", body))
    assert len(found) > 100
    named = re.compile(rf" of ([\d,]+ )?({'|'.join(WHO)})")
    assert [match[1] for match in found if not named.match(match[1])] == []
    assert "completion rate" not in body.lower()


@pytest.mark.req("R006")
def test_five_counters_with_definitions_stand_on_top_and_equal_the_truth(demo: Path) -> None:
    truth = json.loads((demo / "truth.json").read_text())
    made = make(Warehouse(demo / "w").snapshot(), IMPRINT)

    numbers = {one.name: int(one.number.replace(",", "")) for one in made.counters}
    assert list(numbers) == ["courses", "credentials", "participants", "hours", "events"]
    assert all(one.definition for one in made.counters)
    totals = truth["totals"]
    assert numbers["courses"] == len(truth["runs"])
    assert (numbers["credentials"], numbers["participants"]) == (totals["certified"], totals["participants"])
    assert numbers["events"] == totals["events"]
    courses = dict(per_course(People(Warehouse(demo / "w").snapshot())))
    for course, run in truth["runs"].items():
        wholes = dict(zip(GROUPS, courses[course][::2], strict=True))
        assert courses[course][1] == run["certified"]
        assert wholes == {
            "registrants": run["registered"],
            "viewers": run["participants"],
            "explorers": run["explored"],
            "intenders": run["intenders"],
            "verified learners": run["verified"],
        }
    assert very_fast(People(Warehouse(demo / "w").snapshot())) == totals["fast"]


def test_one_warehouse_gives_the_same_bytes_and_the_fingerprint_covers_all_of_them(tmp_path: Path) -> None:
    made, again = ordinary(tmp_path), make(Warehouse(tmp_path).snapshot(), IMPRINT)

    text, fingerprint = page(made, {})
    assert page(again, {}) == (text, fingerprint)
    assert made.written() == again.written()
    assert verified(text, fingerprint)
    assert not verified(text.replace("60", "61", 1), fingerprint)
    assert "Four &lt;years&gt;" in text
    assert "<script" not in text
    assert ' style="' not in text


def test_the_command_writes_page_and_pdf_twice_the_same_and_verifies_its_page(tmp_path: Path) -> None:
    ordinary(tmp_path / "w")
    for name in ("one", "two"):
        target = ["-o", str(tmp_path / f"{name}.html"), "--pdf", str(tmp_path / f"{name}.pdf")]
        assert CliRunner().invoke(command, asked(tmp_path / "w", *target)).exit_code == 0

    for kind in ("html", "pdf"):
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()
    pdf = (tmp_path / "one.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert b"/MarkInfo" in pdf
    assert CliRunner().invoke(command, ["--verify", str(tmp_path / "one.html")]).exit_code == 0
    (tmp_path / "two.html").write_text((tmp_path / "two.html").read_text().replace("Ada", "Eva", 1))
    assert CliRunner().invoke(command, ["--verify", str(tmp_path / "two.html")]).exit_code == 1


def test_no_number_about_fewer_than_ten_people_is_published(tmp_path: Path) -> None:
    rows = [
        *crowd(40, "a", gender="f", country="KE"),
        *crowd(7, "b", gender="m", country="IS"),
        *crowd(13, "c", gender="o"),
    ]

    made = reported(tmp_path, rows)

    assert cells(exhibit(made, "gender")) == [
        ("women", "40", "67 % of 60 participants who told their gender"),
        ("all others", "20", "33 % of 60 participants who told their gender"),
    ]
    assert '"7"' not in made.written()
    assert '"value": 7' not in made.written()


@pytest.mark.req("R089")
def test_a_finished_run_has_its_own_final_report(tmp_path: Path) -> None:
    rows = [
        *crowd(40, "a", last_event=START + 20 * DAY),
        *crowd(60, "b", last_event=START + 2 * DAY),
        *crowd(30, "other", course_id="course-v1:X+B+1"),
    ]

    made = reported(tmp_path, rows, course="course-v1:X+A+1")

    assert next(one.number for one in made.counters if one.name == "participants") == "100"
    assert cells(exhibit(made, "leaving")) == [
        ("0", "100 % of 100 participants"),
        ("1", "40 % of 100 participants"),
        ("2", "40 % of 100 participants"),
    ]
    text, fingerprint = page(made, {})
    assert verified(text, fingerprint)
    assert "course-v1:X+B+1" not in text


@pytest.mark.req("R089")
def test_who_came_too_late_to_stay_so_long_is_not_among_those_who_left(tmp_path: Path) -> None:
    late = START + 15 * DAY
    rows = [
        *crowd(40, "a", last_event=START + 20 * DAY),
        *crowd(60, "b", last_event=START + 2 * DAY),
        *crowd(50, "late", start_time=late, first_event=late, last_event=late + DAY),
        *crowd(3, "few", start_time=START + 8 * DAY, first_event=START + 8 * DAY, last_event=START + 8 * DAY),
    ]

    made = reported(tmp_path, rows, course="course-v1:X+A+1")

    assert cells(exhibit(made, "leaving")) == [
        ("0", "100 % of 153 participants"),
        ("1", "39 % of 103 participants"),
        ("2", "withheld"),
    ]


@pytest.mark.req("R089")
def test_the_report_counts_who_is_still_there_as_the_table_does(demo: Path) -> None:
    snapshot = Warehouse(demo / "w").snapshot()
    with duckdb.connect() as sql:
        table = sql.read_parquet(snapshot.files("tables/attrition")).filter("split = 'all'")
        told = table.aggregate("week, sum(still)::BIGINT", "week").order("week").fetchall()

    counted = [(place, week.still) for place, week in enumerate(still_there(People(snapshot)))]

    assert counted == [(week, still) for week, still in told if still]


@pytest.mark.req("R089")
def test_a_course_that_does_not_exist_has_no_report(tmp_path: Path) -> None:
    a_warehouse_with(tmp_path / "w", crowd(20))

    said = CliRunner().invoke(command, asked(tmp_path / "w", "--course", "none", "--json"))

    assert said.exit_code == 1
    assert "no such course" in said.stderr


@pytest.mark.req("R089")
def test_a_run_that_has_not_ended_has_no_final_report_yet(tmp_path: Path) -> None:
    a_warehouse_with(tmp_path / "w", crowd(20, last_event=START + 9 * DAY))
    ending(tmp_path / "w", "course-v1:X+A+1", START + 30 * DAY)

    said = CliRunner().invoke(command, asked(tmp_path / "w", "--course", "course-v1:X+A+1", "--json"))

    assert said.exit_code == 1
    assert "has not ended" in said.stderr


@pytest.mark.req("R089")
def test_a_run_that_has_ended_is_reported_on(tmp_path: Path) -> None:
    a_warehouse_with(tmp_path / "w", crowd(20, last_event=START + 31 * DAY))
    ending(tmp_path / "w", "course-v1:X+A+1", START + 30 * DAY)

    said = CliRunner().invoke(command, asked(tmp_path / "w", "--course", "course-v1:X+A+1", "--json"))

    assert said.exit_code == 0
    assert json.loads(said.stdout)["course"] == "course-v1:X+A+1"


def ending(folder: Path, course: str, end: int) -> None:
    """The course is described, with its end."""
    warehouse = Warehouse(folder)
    with warehouse.alone(), warehouse.writing() as change:
        path = change.new_file("tables/course")
        columns = "$course AS course_id, 'A' AS title, '' AS previous_run, $start::BIGINT AS start"
        told = {"course": course, "start": START, "end": end}
        described = duckdb.sql(f'SELECT {columns}, $end::BIGINT AS "end"', params=told)
        assert described is not None
        described.write_parquet(str(path))
        change.add("tables/course", path, rows=1)
