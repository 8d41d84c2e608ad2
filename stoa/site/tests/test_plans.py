"""Questions that every page asks are planned once in a connection, not at every page."""

from collections.abc import Callable

import pytest
from django.db import connection

from stoa.assessment.queries import score_tables
from stoa.assessment.queries.sheets import sheets_of
from stoa.courseware.queries import announcements_of, seats_of
from stoa.courseware.tests.makers import an_enrolment

pytestmark = pytest.mark.django_db
CUSTOM = 5
"""So many times PostgreSQL plans anew before it compares; more is more than it should."""


@pytest.mark.parametrize(
    ("ask", "known_by"),
    [
        (lambda one: announcements_of([one.run_id]), "courseware_announcement"),
        (lambda one: score_tables({one.pk: one.run.version_id}), "best FROM assessment_sheet"),
        (lambda one: sheets_of(one.pk, ["quiz"]), "sheet.rescored_for"),
        (lambda one: seats_of(one.person), "courseware_chosenmodule"),
    ],
)
def test_a_question_of_every_page_is_planned_once(ask: Callable[..., object], known_by: str) -> None:
    one = an_enrolment()
    for _ in range(2 * CUSTOM + 4):
        ask(one)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT custom_plans, generic_plans FROM pg_prepared_statements"
            " WHERE strpos(statement, %s) > 0 AND statement NOT LIKE '%%pg_prepared%%'",
            [known_by],
        )
        [(custom, generic)] = cursor.fetchall()
    assert custom <= CUSTOM
    assert generic > 0
