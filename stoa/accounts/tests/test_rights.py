import pytest
from django.test import Client

from stoa.accounts.tests.makers import a_learner, an_organisation, staff_of

pytestmark = pytest.mark.django_db


def test_staff_of_an_organisation_find_the_way_to_imports(client: Client) -> None:
    client.force_login(staff_of(an_organisation()))

    assert 'href="/imports/"' in client.get("/preferences/").content.decode()


def test_learners_are_not_shown_a_way_to_imports(client: Client) -> None:
    client.force_login(a_learner())

    assert 'href="/imports/"' not in client.get("/preferences/").content.decode()
