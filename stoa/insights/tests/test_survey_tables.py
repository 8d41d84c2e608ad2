"""What the team of a run sees of answers."""

import pytest

from stoa.courseware.actions import be_content
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment
from stoa.insights.actions import Ended, Survey, answer, ask
from stoa.insights.queries.grids import Grid
from stoa.insights.queries.survey_tables import survey_tables

pytestmark = pytest.mark.django_db


def cells(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in grid.rows]


@pytest.mark.req("R018", "R022")
def test_each_share_of_intents_names_its_number_and_how_many_were_asked() -> None:
    run = a_run()
    for intent in ("certificate", "certificate", "growth", ""):
        enrolment = an_enrolment(run=run)
        if intent:
            answer(enrolment=enrolment, survey=Survey.ENROLMENT, said={"intent": intent}, at=NOON)
    answer(enrolment=an_enrolment(), survey=Survey.ENROLMENT, said={"intent": "browse"}, at=NOON)

    table = survey_tables(run).tables[0]

    assert table.says.replace("\N{NO-BREAK SPACE}", " ") == "Answered: 3 of 4 who were asked (75 %)."
    assert cells(table.grid) == [
        ("Earn the credential", "2", "2 of 3 who said (67 %)"),
        ("Learn a skill that I need", "0", "0 of 3 who said (0 %)"),
        ("Grow as a person", "1", "1 of 3 who said (33 %)"),
        ("Go through all of it", "0", "0 of 3 who said (0 %)"),
        ("Learn or refresh a part of it", "0", "0 of 3 who said (0 %)"),
        ("Look around", "0", "0 of 3 who said (0 %)"),
        ("I don't know yet", "0", "0 of 3 who said (0 %)"),
    ]


@pytest.mark.req("R146")
def test_satisfaction_stands_by_how_it_ended_with_n_and_response_rate() -> None:
    run = a_run()
    for ended, satisfied in (
        (Ended.COMPLETED, "yes"),
        (Ended.COMPLETED, ""),
        (Ended.STOPPED, "yes"),
        (Ended.STOPPED, "no"),
        (Ended.STOPPED, ""),
        (Ended.STOPPED, ""),
    ):
        enrolment = an_enrolment(run=run)
        ask(enrolment=enrolment, survey=Survey.EXIT, at=NOON, ended=ended)
        if satisfied:
            answer(enrolment=enrolment, survey=Survey.EXIT, said={"satisfied": satisfied}, at=NOON)
    be_content(enrolment=an_enrolment(run=run), at=NOON)

    table = survey_tables(run).tables[1]

    assert table.says.replace("\N{NO-BREAK SPACE}", " ") == "Answered: 3 of 7 who were asked (43 %)."
    assert cells(table.grid) == [
        ("Did every step", "2", "1 of 2 who were asked (50 %)", "1 of 1 who said (100 %)"),
        ("Have what they wanted", "1", "0 of 1 who was asked (0 %)", ""),
        ("Stopped before the end", "4", "2 of 4 who were asked (50 %)", "1 of 2 who said (50 %)"),
    ]


def test_words_come_without_names_and_in_no_telling_order() -> None:
    run = a_run()
    for words in ("Zest!", "a fine course", "More films."):
        answer(enrolment=an_enrolment(run=run), survey=Survey.EXIT, said={"words": words}, at=NOON)

    assert survey_tables(run).words == ("a fine course", "More films.", "Zest!")


def test_a_run_that_asked_nobody_says_so() -> None:
    assert [(table.says, table.grid.rows) for table in survey_tables(a_run()).tables] == [
        ("Nobody was asked yet.", ()),
        ("Nobody was asked yet.", ()),
        ("Nobody was asked yet.", ()),
    ]
