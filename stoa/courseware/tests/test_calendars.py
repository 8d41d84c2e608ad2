from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.models import Person
from stoa.courseware import actions
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import calendar_key_of
from stoa.courseware.rules.calendars import Entry, calendar, fold, text
from stoa.courseware.tests.makers import NOON, an_enrolment

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


def read(value: str) -> str:
    """A value as a calendar reads it."""
    out, escaped = "", False
    for sign in value:
        if escaped:
            out, escaped = out + ("\n" if sign == "n" else sign), False
        elif sign == "\\":
            escaped = True
        else:
            out += sign
    return out


@given(LINES)
def test_folded_lines_are_short_and_unfold_to_what_they_were(line: str) -> None:
    folded = fold(line)

    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line


@given(st.text())
def test_words_come_back_whole_and_break_no_line(words: str) -> None:
    value = text(words)

    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    assert read(value) == "".join(sign for sign in plain if sign == "\n" or sign.isprintable())
    assert "\n" not in value


def test_a_date_is_the_half_hour_before_it() -> None:
    entry = Entry(uid="1-s@stoa", title="Week 1; ok", due=NOON, url="https://stoa.example/s/", words="Yours,\nshift it")

    assert calendar("Rivers", [entry], made_at=NOON).split("\r\n")[7:17] == [
        "BEGIN:VEVENT",
        "UID:1-s@stoa",
        "DTSTAMP:20260302T120000Z",
        "DTSTART:20260302T113000Z",
        "DTEND:20260302T120000Z",
        "SUMMARY:Week 1\\; ok",
        "DESCRIPTION:Yours\\,\\nshift it",
        "URL:https://stoa.example/s/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def home_of(enrolment: Enrolment) -> str:
    return f"/courses/{enrolment.run.course.slug}/runs/{enrolment.run.code}/"


@pytest.mark.django_db
@pytest.mark.req("R043")
def test_a_calendar_reads_the_dates_by_a_secret_address_without_signing_in() -> None:
    ada = an_enrolment()
    client, page = signed_in(ada.person), f"{home_of(ada)}calendar/"

    before = client.get(page).text
    after = client.post(page, follow=True).text
    feed = Client().get(f"/calendars/{calendar_key_of(ada)}.ics")

    assert "Get the address" in before
    assert f"/calendars/{calendar_key_of(ada)}.ics" in after
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    assert [line for line in feed.text.split("\r\n") if line.startswith(("SUMMARY", "DTEND"))] == [
        "DTEND:20260309T210000Z",
        "SUMMARY:Week 1",
        "DTEND:20260316T210000Z",
        "SUMMARY:Week 2",
    ]


@pytest.mark.django_db
def test_a_new_address_makes_the_old_one_useless_and_leaving_closes_it() -> None:
    ada = an_enrolment()
    first = actions.open_calendar(enrolment=ada, at=NOON)
    second = actions.open_calendar(enrolment=ada, at=NOON)

    assert [Client().get(f"/calendars/{key}.ics").status_code for key in (first, second, "x")] == [404, 200, 404]

    actions.withdraw(enrolment=ada, at=NOON)
    assert Client().get(f"/calendars/{second}.ics").status_code == 404


@pytest.mark.django_db
@pytest.mark.req("R081", "R145")
def test_a_learner_shifts_rests_and_says_enough_with_one_press_each() -> None:
    ada = an_enrolment()
    client, home = signed_in(ada.person), home_of(ada)

    pages = [
        client.post(f"{home}{action}", follow=True).text
        for action in ("pace/later/", "pace/planned/", "pause/", "pause/end/", "fulfilment/", "fulfilment/end/")
    ]

    said = (
        "All your dates are a week later.",
        "Your dates are those of the run again.",
        "You rest here from now on.",
        "Welcome back.",
        "Well done: you have what you wanted.",
        "You have taken it up again",
    )
    assert [words in page for words, page in zip(said, pages, strict=True)] == [True] * 6


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["pace/", "calendar/"])
def test_who_is_not_enrolled_has_no_dates(page: str) -> None:
    stranger = an_enrolment().person
    home = home_of(an_enrolment())

    assert signed_in(stranger).get(f"{home}{page}").status_code == 404


@pytest.mark.django_db
def test_a_run_that_takes_nobody_says_when_it_does_and_offers_another() -> None:
    ada, now = an_enrolment(), datetime.now(UTC)
    run = ada.run
    run.enrolment_opens_at, run.enrolment_closes_at = now + timedelta(days=3), now + timedelta(days=9)
    run.save()
    client = signed_in(an_enrolment().person)

    early = client.get(f"{home_of(ada)}enrolment/")
    refused = client.post(f"{home_of(ada)}enrolment/")

    assert "Enrolment opens on" in early.text
    assert refused.status_code == 409
    assert Enrolment.objects.filter(run=run).count() == 1


@pytest.mark.django_db
def test_moving_to_the_next_run_leads_there() -> None:
    ada = an_enrolment()
    course = ada.run.course.slug
    document_run = ada.run
    document_run.pk, document_run.code = None, "next"
    document_run.save()

    answer = signed_in(ada.person).post(f"/courses/{course}/runs/2026-1/change/", {"run": "next"}, follow=True)

    assert answer.redirect_chain == [(f"/courses/{course}/runs/next/", 302)]
    assert "You go on in run next, with everything that you did." in answer.text
