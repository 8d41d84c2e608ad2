"""What a team sees of its course."""

from collections import defaultdict
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import duckdb
import pytest
from django.test import Client

from stoa.insights.engine.asking.course import course
from stoa.insights.engine.asking.data import Data, Opened
from stoa.insights.engine.demo.making import make
from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries.attrition import attrition_grid, splits
from stoa.insights.queries.team_page import team_page
from stoa.insights.rules.answers import Cell, CoursePage, Table
from stoa.insights.rules.pace import days_more
from stoa.insights.tests.metrics.warehouses import MINUTE, T0, Event, World, a_warehouse


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = tmp_path_factory.mktemp("team")
    make(folder, events=20_000, seed=5, tell=lambda _: None)
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        ingest(warehouse, [folder / "logs"], now=4_000_000_000_000_000)
        build(warehouse)
    return Opened(warehouse).data()


@pytest.fixture
def answer(data: Data) -> CoursePage:
    return course(data, min(data.titles))


def column(answer: CoursePage, table: str, name: str) -> list[float]:
    found = answer.tables[table]
    place = found.columns.index(name)
    return [float(row[place] or 0) for row in found.rows]


def groups(answer: CoursePage, split: str, name: str) -> dict[str, list[float]]:
    """Answer → a count of attrition, week by week."""
    found: dict[str, list[float]] = defaultdict(list)
    table = answer.tables["attrition"]
    for row, value in zip(table.rows, column(answer, "attrition", name), strict=True):
        if row[0] == split:
            found[str(row[1])].append(value)
    return found


@pytest.mark.req("R089", "R142")
def test_everybody_was_there_in_their_first_week_and_fewer_in_each_after_it(answer: CoursePage) -> None:
    (there,) = groups(answer, "all", "still").values()

    assert there[0] == answer.counts.participants
    assert there == sorted(there, reverse=True)
    (head, *rows) = [attrition_grid(answer).heads, *attrition_grid(answer).rows]
    assert head[1:] == ("All", "Wanted the credential", "Wanted something else", "Not said")
    assert [int(row[1].split()[0]) for row in rows] == there
    assert all(int(row[1].split()[0]) == sum(int(cell.split()[0]) for cell in row[2:]) for row in rows)


@pytest.mark.req("R089", "R142")
def test_each_number_stands_under_what_they_came_for_where_not_everything_was_said(answer: CoursePage) -> None:
    table = answer.tables["attrition"]
    split, said, week = (table.columns.index(name) for name in ("split", "answer", "week"))
    some = [row for row in table.rows if row[split] == "all" or (row[split], row[said]) == ("intent", "unknown")]
    few = [row for row in some if row[week] == 0 or row[split] == "all"]
    grid = attrition_grid(replace(answer, tables={"attrition": replace(table, rows=tuple(few))}))

    assert all(len(line) == len(grid.heads) for line in grid.lines)
    assert [cell.split()[0] for cell in grid.rows[0][2:4]] == ["0", "0"]
    assert int(grid.rows[0][4].split()[0]) > 0
    assert all(cell.split()[0] == "0" for row in grid.rows[1:] for cell in row[2:])


@pytest.mark.req("R089")
def test_whoever_came_to_a_step_passed_those_before_it(answer: CoursePage) -> None:
    came, reached = column(answer, "steps", "came_so_far"), column(answer, "steps", "reached")

    assert len(came) == 2 * column(answer, "facts", "weeks")[0]
    assert came == sorted(came, reverse=True)
    assert came[0] <= (answer.counts.participants or 0)
    assert all(here <= so_far for here, so_far in zip(reached, came, strict=True))


@pytest.mark.req("R143")
def test_hours_a_week_stand_beside_the_plan(answer: CoursePage) -> None:
    page = team_page(answer)

    assert 0 < column(answer, "pace", "learners")[0] <= (answer.counts.participants or 0)
    assert all(
        half <= most
        for half, most in zip(column(answer, "pace", "hours_median"), column(answer, "pace", "hours_p80"), strict=True)
    )
    assert "4.0 hours a week" in page.pace_says


@pytest.mark.req("R086", "R142", "R143")
def test_a_page_shows_the_rows_that_build_made(data: Data, answer: CoursePage) -> None:
    with duckdb.connect() as sql:
        for name, table, columns in (
            ("attrition", "attrition", "split, answer, week, participants, still, content, gone, fulfilled"),
            ("pace", "pace", "week, learners, hours_median, hours_p80, hours_planned"),
            ("facts", "course", "*"),
        ):
            files = sql.read_parquet(data.snapshot.files(f"tables/{table}"))
            made = files.filter(f"course_id = '{answer.course}'").project(columns).fetchall()
            assert sorted(map(repr, made)) == sorted(map(repr, answer.tables[name].rows))
        people = sql.read_parquet(data.snapshot.files("tables/person_course"))
        mine = people.filter(f"course_id = '{answer.course}' AND roles IS NULL")
        told = mine.aggregate("count(*), count(*) FILTER (viewed), count(*) FILTER (certified)").fetchall()
    assert told == [(answer.counts.registered, answer.counts.participants, answer.counts.certified)]


def test_questions_tell_first_answers_and_tries(answer: CoursePage) -> None:
    learners, first = column(answer, "problems", "learners"), column(answer, "problems", "first_correct")
    last, attempts = column(answer, "problems", "solved"), column(answer, "problems", "attempts")

    assert all(a <= b <= c <= d for a, b, c, d in zip(first, last, learners, attempts, strict=True))


def test_the_page_has_every_part(answer: CoursePage) -> None:
    page = team_page(answer)

    assert len(page.steps.rows) == len(answer.tables["steps"].rows)
    assert len(page.videos) == len(answer.tables["videos"].rows)
    assert page.problems.rows
    assert page.kpis[1].figure == str(answer.counts.participants)


def test_a_course_that_nobody_knows_has_no_tables(data: Data) -> None:
    assert course(data, "course-v1:No+Such+Run").tables == {}


def watched(folder: Path, *acts: tuple[int, Kind, int, int]) -> list[tuple[Cell, ...]]:
    """What the page tells of one video of which these learners' acts are known: kind, place, and where a jump leads."""
    world = World(learners=["ada", "bo", "cy"], objects=["film"])
    world.events = [
        Event(learner=who, t=T0 + n * MINUTE, kind=kind, object=0, a=a, b=b) for n, (who, kind, a, b) in enumerate(acts)
    ]
    for who in range(3):
        world.enrol(who)
    warehouse = a_warehouse(folder, world)
    with warehouse.alone():
        build(warehouse)
    return list(course(Opened(warehouse).data(), world.courses[0]).tables["heat"].rows)


def test_a_stretch_is_watched_from_play_to_pause_and_again_after_a_jump_back(tmp_path: Path) -> None:
    jumping = (1, Kind.PLAY, 0, -1), (1, Kind.SEEK, 12_000, 5_000), (1, Kind.STOP, 15_000, -1)

    assert watched(tmp_path, *jumping, (2, Kind.PLAY, 10_000, -1)) == [(0, 0, 1), (0, 1, 2), (0, 2, 2)]


def test_stretches_that_nobody_watched_are_told_too(tmp_path: Path) -> None:
    found = watched(tmp_path, (1, Kind.PLAY, 10_000, -1), (1, Kind.PAUSE, 14_000, -1))

    assert found == [(0, 0, 0), (0, 1, 0), (0, 2, 1)]


def test_play_of_one_learner_and_pause_of_another_are_no_stretch(tmp_path: Path) -> None:
    assert watched(tmp_path, (1, Kind.PLAY, 0, -1), (2, Kind.PAUSE, 9_000, -1)) == []


@pytest.mark.django_db
def test_a_visitor_is_asked_to_sign_in_first(client: Client) -> None:
    answer = client.get("/courses/any/runs/1/insights/")

    assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)


@pytest.mark.req("R142")
def test_attrition_splits_by_intent_and_exit_reason_and_their_parts_are_the_whole(answer: CoursePage) -> None:
    for name in ("participants", "still", "content", "gone", "fulfilled"):
        (whole,) = groups(answer, "all", name).values()
        for split in ("intent", "exit_reason"):
            parts = groups(answer, split, name)
            assert [sum(week) for week in zip_longest(*parts.values(), fillvalue=0)] == whole

    assert len(groups(answer, "intent", "still")) > 1
    assert [split.name for split in splits(answer)] == ["gone-by-intent", "gone-by-reason"]
    for one in splits(answer):
        assert one.card
        assert one.grid.heads[:4] == ("Answer", "Participants", "Have what they wanted", "Gone after a week")
        assert len(one.grid.rows) == len(one.card.chart.rows)


@pytest.mark.req("R143")
@pytest.mark.parametrize(
    ("weeks", "more"),
    [
        ([(1, 4.0), (2, 3.5)], []),
        ([(1, 4.0), (2, 6.0), (3, 8.0)], [(2, 4), (3, 7)]),
        ([(1, 4.1)], [(1, 1)]),
    ],
)
def test_weeks_that_take_more_than_the_plan_get_more_days(
    weeks: list[tuple[int, float]], more: list[tuple[int, int]]
) -> None:
    assert days_more(weeks, planned=4.0) == more
    assert days_more(weeks, planned=0.0) == []


@pytest.mark.req("R143")
def test_a_plan_that_does_not_hold_is_told_with_the_days_it_needs(answer: CoursePage) -> None:
    busy = Table(
        version=1,
        name="pace",
        columns=("week", "learners", "hours_median", "hours_p80", "hours_planned"),
        rows=((1, 50, 2.0, 4.0, 4.0), (2, 50, 3.0, 6.0, 4.0)),
    )

    page = team_page(replace(answer, tables={**answer.tables, "pace": busy}))

    assert "in week 2 one learner in five needs over 6.0" in page.pace_says
    assert "week 2 gets 4 days more; what follows moves with it, and the run takes 4 days longer" in page.pace_says


def test_problems_are_told_with_their_reliability_and_answers(answer: CoursePage) -> None:
    answers = Table(
        version=1,
        name="answers",
        columns=("problem", "module", "position", "part", "question", "answer", "correct", "first", "last", "times"),
        rows=(
            ("P1", "M1", 1, "2_1", "What is 1 + 1?", "2", 1, 30, 40, 71),
            ("P1", "M1", 1, "2_1", "", "11", 0, 12, 2, 15),
        ),
    )

    page = team_page(replace(answer, tables={**answer.tables, "answers": answers}))

    assert [row[:5] for row in page.answers.rows] == [
        ("What is 1 + 1?", "2", "right", "30", "40"),
        ("M1 · P1", "11", "wrong", "12", "2"),
    ]
    (told,) = answer.tables["reliability"].rows
    assert f"of {told[0]} problems and the {told[1]} learners" in page.reliability
