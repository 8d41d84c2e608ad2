"""Sessions: who is here in one query, and when they end."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stoa.accounts import actions
from stoa.accounts.models import Session
from stoa.accounts.tests.makers import a_learner, an_administrator
from stoa.kernel.clock import now

pytestmark = pytest.mark.django_db


def _signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_who_is_here_is_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.force_login(a_learner(email="ada@post.example"))

    with django_assert_num_queries(1):
        assert "ada@post.example" in client.get("/help/").content.decode()


def test_who_is_kept_out_is_kept_out_at_once(client: Client) -> None:
    ada = a_learner()
    client.force_login(ada)

    ada.is_active = False
    ada.save()

    assert not _signed_in(client)


def test_a_changed_password_ends_sessions(client: Client) -> None:
    ada = a_learner()
    client.force_login(ada)

    ada.set_password("another-long-one-9")
    ada.save()

    assert not _signed_in(client)


def test_a_session_belongs_to_who_signs_in_last(client: Client) -> None:
    ada, noor = a_learner(), an_administrator()

    client.force_login(ada)
    client.force_login(noor)

    assert list(Session.objects.values_list("person", flat=True)) == [noor.pk]


def test_sessions_go_with_their_person(client: Client) -> None:
    ada = a_learner()
    client.force_login(ada)

    actions.delete_account(person=ada, at=now())

    assert not Session.objects.exists()
    assert not _signed_in(client)


def test_sessions_that_are_over_are_forgotten(client: Client) -> None:
    client.force_login(a_learner())

    assert actions.forget_old_sessions(at=now()) == 0
    assert actions.forget_old_sessions(at=now() + timedelta(days=61)) == 1
