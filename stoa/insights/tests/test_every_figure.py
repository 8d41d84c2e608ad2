"""Behind every figure of every board lie its table, CSV, Parquet, question, method and specification."""

import csv
import io
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from django.test import Client

from stoa.accounts.tests.makers import an_organisation, staff_of
from stoa.catalogue.actions import open_run
from stoa.catalogue.models import Course
from stoa.catalogue.tests.makers import a_run
from stoa.courseware.tests.makers import NOON, an_enrolment
from stoa.insights.actions import Ended, Survey, answer, ask
from stoa.insights.engine.demo.making import make
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries import figures
from stoa.insights.queries.charted import KINDS, METRICS
from stoa.insights.queries.shapes import shapes
from stoa.insights.rules.charts import drawing
from stoa.insights.rules.charts.specification import read
from stoa.insights.rules.figures import BOARD, COURSE_BOARD
from stoa.insights.tests.answering import answering
from stoa.insights.tests.pages import cards_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("R097", "R086")]
HERE = "/courses/seeing/insights/"
TEAM = "/courses/seeing/runs/2015_T3_2/insights/"
KEY = "course-v1:NorthX+CS100+2015_T3_2"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """What some invented learners did in two runs of a course."""
    folder = tmp_path_factory.mktemp("every")
    make(folder, events=60_000, seed=2, tell=lambda _: None)
    with (folder / "truth.csv").open() as people:
        there = [row["username"] for row in csv.DictReader(people) if row["course_id"] == KEY and row["viewed"] == "1"]
    (folder / "logs" / "later.json").write_text("".join(f"{line}\n" for line in afterwards(there)))
    house = Warehouse(folder / "w")
    with house.alone():
        ingest(house, [folder / "logs"], now=4_000_000_000_000_000)
        build(house)
    return house


def afterwards(learners: Sequence[str]) -> Iterator[str]:
    """Lines about what the invented never do: say why they stopped, answer two ways, meet a MOOC video that fails."""
    block = KEY.replace("course-v1:", "block-v1:")
    video, problem = ({"id": f"{block}+type@{kind}+block@later"} for kind in ("video", "problem"))
    for place, learner in enumerate(learners):
        where = {"user_id": int(learner[-7:]) + 1, "course_id": KEY, "org_id": "NorthX"}
        about = {"username": learner, "event_source": "server", "time": "2016-06-01T12:00:00+00:00", "context": where}
        right = place % 3 == 0
        parts = {"later_2_1": "hive" if right else "wasp"}
        checked = {"problem_id": problem["id"], "answers": parts, "success": "correct" if right else "incorrect"}
        marks = {part: {"correctness": checked["success"]} for part in parts}
        submitted = {part: {"question": "Where do bees live?", "answer": word} for part, word in parts.items()}
        for kind, told in (
            ("stoa.survey.answered", {"survey": "exit", "question": "reason", "answer": "hard" if right else "time"}),
            ("play_video", video),
            *([("stoa.media.failed", video)] if right else []),
            ("problem_check", {**checked, "correct_map": marks, "submission": submitted}),
        ):
            yield json.dumps({**about, "event_type": kind, "name": kind, "event": told})


@pytest.fixture(autouse=True)
def engine(warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The engine answers from it."""
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
    monkeypatch.setattr(figures, "_kept", {})
    with answering(warehouse):
        yield


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody who gives the course whose learners these are."""
    organisation = an_organisation()
    run = a_run(code="2015_T3_2", organisation=organisation)
    open_run(version=run.version, code="2015_T2_1", starts_at=None, ends_at=None, self_paced=True)
    Course.objects.filter(pk=run.course.pk).update(slug="seeing", code="CS100")
    type(organisation).objects.filter(pk=organisation.pk).update(slug="NorthX")
    for place in range(3):
        enrolment = an_enrolment(run=run)
        answer(enrolment=enrolment, survey=Survey.ENROLMENT, said={"intent": "skills"}, at=NOON)
        ask(enrolment=enrolment, survey=Survey.EXIT, at=NOON, ended=Ended.STOPPED)
        said = {"satisfied": "yes" if place else "no", "reason": "time"}
        answer(enrolment=enrolment, survey=Survey.EXIT, said=said, at=NOON)
    client.force_login(staff_of(organisation))
    return client


SITE_FIGURES = [f"/insights/figures/{figure.name}" for figure in BOARD]
COURSE_FIGURES = [f"{HERE}figures/{figure.name}" for figure in COURSE_BOARD]
SERIES = [f"/insights/overview/figures/{name}" for name in ("participants", "countries", "goals", "topics")]
TEAM_FIGURES = [
    f"{TEAM}figures/{name}"
    for name in (
        *("steps", "still-there", "gone-by-intent", "gone-by-reason", "endings", "cohorts", "pace", "problems"),
        *("answers", "video-1", "video-2", "survey-intent", "survey-satisfied", "survey-reason"),
    )
]
MEDIA = "/insights/media"
PAGES = ("/insights/?view=team", HERE, TEAM, "/insights/overview/", f"{MEDIA}/?view=team", "/insights/compare/")


def got(client: Client, address: str) -> bytes:
    """What lies there."""
    given = client.get(address)
    assert given.status_code == 200, address
    return bytes(given.content)


@pytest.mark.parametrize("address", [*SITE_FIGURES, *COURSE_FIGURES, *SERIES, *TEAM_FIGURES, MEDIA])
def test_everything_lies_behind_it(reader: Client, warehouse: Warehouse, address: str) -> None:
    page = got(reader, f"{address}/").decode()
    whole = {form: got(reader, f"{address}.{form}") for form in ("csv", "json", "svg", "parquet", "sql")}

    assert_a_figure(page, whole, warehouse)


@pytest.mark.parametrize("kind", [kind.value for kind in KINDS])
@pytest.mark.parametrize("metric", sorted(METRICS))
def test_everything_lies_behind_each_way_to_draw_it(
    reader: Client, warehouse: Warehouse, metric: str, kind: str
) -> None:
    address = f"/insights/charts/{metric}/?as={kind}"
    whole = {form: got(reader, f"{address}&file={form}") for form in ("csv", "json", "svg", "parquet", "sql")}

    assert_a_figure(got(reader, address).decode(), whole, warehouse)


def assert_a_figure(page: str, files: dict[str, bytes], warehouse: Warehouse) -> None:
    """Table, method and links on the page; files that say the same as one another and as the picture."""
    chart = read(files["json"].decode())
    assert 'id="table"' in page
    assert 'id="method"' in page
    assert "<table" in page
    assert all(f".{form}" in page or f"file={form}" in page for form in files)
    assert all((chart.title, chart.caption, chart.denominator, chart.method.definition, chart.method.unit))
    assert all((chart.method.denominator, chart.method.source, chart.as_of, chart.code_version, chart.words.foot))
    assert chart.rows
    assert drawing.draw(chart, shapes()).encode() == files["svg"]
    assert json.loads(files["json"])["data_version"] == warehouse.snapshot().version

    assert len(list(csv.reader(io.StringIO(files["csv"].decode())))) > 1
    assert pq.read_table(io.BytesIO(files["parquet"])).num_rows > 0
    assert_is_a_question(files["sql"].decode(), warehouse)


def assert_is_a_question(text: str, warehouse: Warehouse) -> None:
    """Asked in the warehouse's folder, it is answered."""
    before = Path.cwd()
    os.chdir(warehouse.folder)
    try:
        with duckdb.connect() as sql:
            assert sql.execute(text).fetchall()
    finally:
        os.chdir(before)


@pytest.mark.req("R093", "R142", "R146")
@pytest.mark.parametrize("address", PAGES)
def test_no_chart_and_no_table_stands_on_a_page_without_a_figure_behind_it(reader: Client, address: str) -> None:
    shown = cards_of(got(reader, address).decode())

    assert shown
    assert [card.name for card in shown if card.wanting] == []
    for file in {file for card in shown for file in card.files}:
        base = f"{address.partition('?')[0]}{file}" if file.startswith("figures/") else file
        chart, svg = (got(reader, base.replace(".csv", f".{form}")) for form in ("json", "svg"))
        assert drawing.draw(read(chart.decode()), shapes()).encode() == svg


def test_a_figure_without_files_is_found() -> None:
    page = '<section class="card" aria-labelledby="bees"><svg role="img"></svg><table></table></section>'

    assert [card.name for card in cards_of(page) if card.wanting] == ["bees"]
    with_files = page.replace("<table>", '<a class="icon-btn" href="figures/bees.csv"></a><table>')
    assert [card for card in cards_of(with_files) if card.wanting] == []


def test_the_list_of_team_figures_is_the_whole_page(reader: Client) -> None:
    page = got(reader, TEAM).decode()

    linked = {part.partition('"')[0].partition("/")[0].partition(".")[0] for part in page.split('href="figures/')[1:]}
    known = {name.rpartition("/")[2] for name in TEAM_FIGURES}
    assert linked >= known
    assert all(name.startswith("video-") for name in linked - known)


def test_the_question_behind_the_months_gives_their_rows(reader: Client, warehouse: Warehouse) -> None:
    rows = list(csv.DictReader(io.StringIO(got(reader, f"{SERIES[0]}.csv").decode())))
    before = Path.cwd()
    os.chdir(warehouse.folder)
    try:
        with duckdb.connect() as sql:
            asked = {row[0]: row[1:] for row in sql.execute(got(reader, f"{SERIES[0]}.sql").decode()).fetchall()}
    finally:
        os.chdir(before)

    shown = {row["month"]: row for row in rows if int(row["countries"])}
    assert set(shown) == set(asked)
    for month, (participants, *kinds, so_far, countries, goals, topics) in asked.items():
        told = shown[month]
        assert told["participants"] in {str(participants), ""}
        assert [told[name] for name in ("countries", "goals", "topics")] == list(map(str, kinds))
        assert told["participants_so_far"] in {str(so_far), ""}
        sums = (told["countries_so_far"], told["goals_so_far"], told["topics_so_far"])
        assert sums == tuple(map(str, (countries, goals, topics)))
