"""People, organisations and their staff."""

import json

import pytest
from django.db import IntegrityError
from django.test import Client

from stoa.accounts import actions, queries
from stoa.accounts.models import Organisation, Person, Staff
from stoa.accounts.tests.makers import MONDAY, PASSWORD, a_learner, an_administrator, an_organisation, staff_of
from stoa.mail.actions import post
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db


def test_one_address_has_one_account_however_it_is_spelled() -> None:
    a_learner(email="Ada@post.example")

    with pytest.raises(actions.AddressTaken):
        a_learner(email="ada@POST.example ")


def test_the_database_keeps_addresses_in_lower_case() -> None:
    with pytest.raises(IntegrityError, match="addresses_are_lower_case"):
        Person.objects.create(email="Ada@post.example", display_name="Ada")


@pytest.mark.req("R098")
def test_staff_of_one_organisation_are_nobody_to_another() -> None:
    harbour, hill = an_organisation("Harbour School"), an_organisation("Hill School")
    bo = staff_of(harbour)

    assert queries.may_staff(bo, harbour)
    assert not queries.may_staff(bo, hill)
    assert list(queries.organisations_of(bo)) == [harbour]
    assert list(queries.organisations_of(an_administrator())) == [harbour, hill]
    assert list(queries.organisations_of(a_learner())) == []


def test_dismissed_and_locked_staff_may_nothing() -> None:
    harbour = an_organisation()
    bo, chi = staff_of(harbour), staff_of(harbour, "Chi")
    actions.dismiss(organisation=harbour, person=bo)
    chi.is_active = False

    assert not queries.may_staff(bo, harbour)
    assert not queries.may_staff(chi, harbour)


def test_appointing_and_founding_twice_changes_nothing() -> None:
    harbour = actions.found_organisation(slug="harbour", name="Harbour School")
    again = actions.found_organisation(slug="harbour", name="Another name")
    bo = staff_of(harbour)
    actions.appoint(organisation=harbour, person=bo, at=MONDAY)

    assert (harbour, again.name) == (again, "Harbour School")
    assert Staff.objects.count() == 1


def test_organisations_whose_names_no_address_can_hold_are_told_apart() -> None:
    cyrillic, chinese = actions.organisation_named("Единица"), actions.organisation_named("大学")

    assert actions.organisation_named("Единица") == cyrillic != chinese
    assert (cyrillic.name, chinese.name) == ("Единица", "大学")
    assert actions.organisation_named("Harbour School").slug == "harbour-school"


@pytest.mark.req("R098")
def test_the_administration_pages_show_staff_their_own_organisation_only(client: Client) -> None:
    harbour, hill = an_organisation("Harbour School"), an_organisation("Hill School")
    bo, _chi = staff_of(harbour), staff_of(hill, "Chi")
    bo.is_staff = True
    bo.save()
    client.force_login(bo)

    listed = client.get("/admin/accounts/organisation/").content.decode()

    assert ("Harbour School" in listed, "Hill School" in listed) == (True, False)
    assert client.get(f"/admin/accounts/organisation/{harbour.pk}/change/").status_code == 200
    assert client.get(f"/admin/accounts/organisation/{hill.pk}/change/").status_code == 302
    assert client.get("/admin/accounts/person/").status_code == 403
    assert client.get("/admin/mail/mail/").status_code == 403
    assert "Chi" not in client.get("/admin/accounts/staff/").content.decode()


def test_staff_cannot_move_an_organisation_to_another_address(client: Client) -> None:
    harbour = an_organisation("Harbour School")
    bo = staff_of(harbour)
    bo.is_staff = True
    bo.save()
    client.force_login(bo)

    client.post(f"/admin/accounts/organisation/{harbour.pk}/change/", {"name": "Harbour", "slug": "hill", "about": ""})

    assert Organisation.objects.values_list("name", "slug").get() == ("Harbour", harbour.slug)


def test_an_administrator_makes_people_with_a_hashed_password(client: Client) -> None:
    client.force_login(an_administrator())

    answer = client.post(
        "/admin/accounts/person/add/",
        {
            "email": "Dee@post.example",
            "display_name": "Dee",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )

    assert answer.status_code == 302
    dee = Person.objects.get(email="dee@post.example")
    assert dee.check_password(PASSWORD)
    assert dee.password.startswith("argon2$argon2id$")
    for page in ("person", f"person/{dee.pk}/change", "staff", "staff/add", "organisation/add"):
        assert client.get(f"/admin/accounts/{page}/").status_code == 200
    for page in ("mail", "suppression", "hold"):
        assert client.get(f"/admin/mail/{page}/").status_code == 200


def test_the_administration_pages_send_visitors_to_the_common_sign_in(client: Client) -> None:
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"


def test_preferences_hold_on_the_next_page(client: Client) -> None:
    ada = a_learner()
    client.force_login(ada)
    chosen = {
        "display_name": " Ada  O. ",
        "language": "ar",
        "time_zone": "Africa/Lagos",
        "theme": "dark",
        "low_data": "on",
    }

    kept = client.post("/preferences/", chosen)
    page = client.get("/preferences/")

    ada.refresh_from_db()
    assert (ada.display_name, ada.language, ada.time_zone, ada.low_data) == ("Ada O.", "ar", "Africa/Lagos", True)
    assert (kept.cookies["theme"].value, kept.cookies["low_data"].value) == ("dark", "1")
    assert 'lang="ar" dir="rtl"' in page.content.decode()


def test_a_visitor_chooses_language_and_look_too(client: Client) -> None:
    client.post("/preferences/", {"language": "ar", "time_zone": "Africa/Lagos", "theme": "dark", "low_data": ""})

    page = client.get("/preferences/").content.decode()

    assert 'lang="ar" dir="rtl" data-theme="dark"' in page
    assert '<option value="Africa/Lagos" selected>' in page
    assert "العربيّة" in page


def test_a_zone_that_does_not_exist_is_refused_and_nothing_typed_is_lost(client: Client) -> None:
    client.force_login(a_learner())

    answer = client.post("/preferences/", {"display_name": "Ada Next", "time_zone": "Mars/Olympus"})

    assert answer.status_code == 422
    assert 'value="Ada Next"' in answer.content.decode()


def test_one_takes_away_what_the_account_keeps(client: Client) -> None:
    ada = a_learner(email="ada@post.example", time_zone="Africa/Lagos")
    post(kind="news", to=ada.email, person_id=ada.pk, subject="Week one", text="Hi", key="1", at=MONDAY)
    client.force_login(ada)

    facts = json.loads(client.get("/account/facts.json").content)

    assert facts == {
        "display_name": "Ada Okafor",
        "address": "ada@post.example",
        "address_verified": True,
        "joined_at": "2026-03-02T09:00:00Z",
        "last_sign_in": facts["last_sign_in"],
        "language": "",
        "time_zone": "Africa/Lagos",
        "low_data": False,
        "profile": {},
        "guardian": "",
        "staff_of": [],
        "passkeys_and_codes": [],
        "signs_in_with": [],
        "mails": [{"kind": "news", "subject": "Week one", "queued_at": "2026-03-02T09:00:00Z", "state": "queued"}],
    }
    assert "Week one" in client.get("/account/").content.decode()


def test_a_deleted_account_leaves_no_address_behind() -> None:
    ada = a_learner(email="ada@post.example")
    mail = post(kind="news", to=ada.email, person_id=ada.pk, subject="Week one", text="Hi", key="1", at=MONDAY)

    actions.delete_account(person=ada, at=MONDAY)

    assert not Person.objects.exists()
    mail.refresh_from_db()
    assert (mail.to, mail.subject, mail.text, mail.html, mail.state) == ("", "", "", "", Mail.State.SUPPRESSED)


def test_the_last_administrator_stays() -> None:
    noor = an_administrator()

    with pytest.raises(actions.LastAdministrator):
        actions.delete_account(person=noor, at=MONDAY)
    an_administrator("Second")
    actions.delete_account(person=noor, at=MONDAY)

    assert list(Person.objects.values_list("display_name", flat=True)) == ["Second"]
