"""Notices on the site say what mails say, to whom they were written, also where no mail leaves."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner
from stoa.mail import actions
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITE = "http://localhost:8000"
TEXT = f"Work waits for you.\n\n{SITE}/courses/poems/runs/1/assignments/counter/\n\nIt takes half an hour."


def written_to(person: Person, number: int = 1, *, security: bool = False) -> Mail:
    return actions.post(
        kind="review-reminder",
        to=person.email,
        person_id=person.pk,
        subject=f"Notice {number}",
        text=TEXT,
        key=f"{person.pk}-{number}-{security}",
        security=security,
        why="You get this mail because you handed in work.",
        at=AT,
    )


def page_of(client: Client, person: Person) -> str:
    client.force_login(person)
    return client.get("/notices/").content.decode()


def test_a_notice_says_what_the_mail_says_and_why_and_where_to_act(client: Client) -> None:
    ada = a_learner("Ada")
    mail = written_to(ada)

    page = page_of(client, ada)
    answer = client.post(f"/notices/{mail.pk}/reading/", {"open": ""})

    assert [words in page for words in ("Notice 1", "Work waits for you.", "It takes half an hour.")] == [True] * 3
    assert "You get this mail because you handed in work." in page
    assert answer["Location"] == "/courses/poems/runs/1/assignments/counter/"
    assert Mail.objects.get().read_at is not None


def test_who_stopped_mails_of_a_kind_still_has_the_notice(client: Client) -> None:
    ada = a_learner("Ada")
    actions.unsubscribe(address=ada.email, kind="review-reminder", at=AT)
    mail = written_to(ada)

    page = page_of(client, ada)

    assert mail.state == Mail.State.SUPPRESSED
    assert "only here: you stopped mails of this kind" in page


def test_nobody_sees_or_marks_notices_of_others_and_codes_are_none(client: Client) -> None:
    ada, bo = a_learner("Ada"), a_learner("Bo")
    mail = written_to(ada)
    written_to(bo, security=True)

    page = page_of(client, bo)
    answer = client.post(f"/notices/{mail.pk}/reading/")

    assert "Nothing was written to you yet." in page
    assert answer.status_code == 404
    assert Mail.objects.get(pk=mail.pk).read_at is None


def test_marking_all_leaves_what_came_since_unread(client: Client) -> None:
    ada = a_learner("Ada")
    first = written_to(ada)
    client.force_login(ada)
    written_to(ada, 2)

    client.post("/notices/readings/", {"newest": first.pk})

    assert [mail.read_at is None for mail in Mail.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("number", [1, 49])
def test_the_page_takes_two_queries_however_many_notices_there_are(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada = a_learner("Ada")
    for one in range(number):
        written_to(ada, one)
    client.force_login(ada)
    client.get("/notices/")

    with django_assert_num_queries(2):
        page = client.get("/notices/").content.decode()

    assert f'<span class="count" aria-hidden="true">{number}</span>' in page


def test_older_notices_are_a_page_away(client: Client) -> None:
    ada = a_learner("Ada")
    mails = [written_to(ada, one) for one in range(52)]

    page = page_of(client, ada)
    older = client.get(f"/notices/?before={mails[2].pk}").content.decode()

    assert f"?before={mails[2].pk}" in page
    assert ("Notice 1<" in older, "Notice 2<" in older) == (True, False)
