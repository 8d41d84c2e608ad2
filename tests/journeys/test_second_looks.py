"""Provisional scores, appeals, second looks and lowered scores in a real browser, in every look."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from stoa.kernel.clock import now
from stoa.peer_review.commands.estimating import estimate_assignment
from stoa.peer_review.models import Score
from stoa.peer_review.queries.fresh_readers import fresh_readers
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.rooms import a_class_of, sentence
from stoa.peer_review.tests.test_appeals import EIGHT, a_steady_class, all_read_steadily
from tests.journeys.checkers import Nu
from tests.journeys.test_peer_review import DESKTOP, PHONE, faults, in_front_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LOOKS: dict[str, dict[str, object]] = {
    "light": {"viewport": DESKTOP},
    "dark-phone": {"viewport": PHONE, "color_scheme": "dark"},
    "arabic-phone": {"viewport": PHONE, "locale": "ar"},
    "arabic": {"viewport": DESKTOP, "locale": "ar"},
}


@pytest.mark.req("R026")
@pytest.mark.parametrize("look", LOOKS)
def test_a_provisional_score_is_shown_in_every_look(
    browser: Browser, live_server: LiveServer, nu: Nu | None, look: str
) -> None:
    room = a_class_of("Ada", "Bo", "Chi", "Dov", ago=timedelta(days=1))
    for turn in range(3):
        for name in ("Ada", "Bo", "Chi")[: 3 if turn < 2 else 1]:
            room.reviews(name, at=now() - timedelta(hours=20 - turn), level=(-1, 1, -1)[turn])
    estimate_assignment(room.assignment, at=now())
    page = in_front_of(room.person("Ada"), browser, live_server, **LOOKS[look]).new_page()
    page.goto(room.authors["Ada"].address("result/"))

    page.locator("button[name=skip]").click()

    expect(page.locator(".score .tag-sun")).to_be_visible()
    picture(page, f"provisional-{look}")
    assert faults(page, nu) == []


@pytest.mark.req("R115")
@pytest.mark.parametrize("look", LOOKS)
def test_an_appeal_goes_to_two_fresh_readers_and_raises_the_score(
    browser: Browser, live_server: LiveServer, nu: Nu | None, look: str
) -> None:
    room = a_steady_class()
    options = LOOKS[look]
    author = in_front_of(room.person("Ada"), browser, live_server, **options).new_page()
    found = _appeals(author, room, nu, look)
    for name in _fresh(room)[:2]:
        found += _reads_anew(in_front_of(room.person(name), browser, live_server, **options).new_page(), room, name, nu)
    staff = in_front_of(room.instructor, browser, live_server, **options).new_page()
    staff.goto(f"/courses/{room.run.course.slug}/runs/{room.run.code}/peer-review/appeals/")
    picture(staff, f"appeals-{look}")

    author.goto(room.authors["Ada"].address("result/"))

    expect(author.locator(".score .fig")).to_have_text("100")
    picture(author, f"answered-{look}")
    assert (found, faults(author, nu), faults(staff, nu)) == ([], [], [])


@pytest.mark.req("R076")
@pytest.mark.parametrize("look", ["light", "arabic-phone"])
def test_an_instructor_lowers_a_score_and_the_learner_reads_why(
    browser: Browser, live_server: LiveServer, nu: Nu | None, look: str
) -> None:
    room = a_steady_class()
    reason = "Lines 3 to 40 are those of a work handed in last spring."
    staff = in_front_of(room.instructor, browser, live_server, **LOOKS[look]).new_page()
    root = f"/courses/{room.run.course.slug}/runs/{room.run.code}/peer-review/works/{room.works['Ada'].pk}/"
    staff.goto(f"{root}history/")
    staff.locator(f"a[href='{root}lowering/']").click()
    found = faults(staff, nu)
    staff.locator("input[type=radio]").first.check()
    staff.locator("#points").fill("20")
    staff.locator("#words").fill(reason)
    picture(staff, f"lowering-{look}")
    staff.locator("form.reasons .btn-main").click()
    expect(staff.locator("main")).to_contain_text(reason)
    found += faults(staff, nu)

    author = in_front_of(room.person("Ada"), browser, live_server, **LOOKS[look]).new_page()
    author.goto(room.authors["Ada"].address("result/"))
    author.locator("button[name=skip]").click()

    expect(author.locator(".score .fig")).to_have_text("20")
    expect(author.locator("main")).to_contain_text(reason)
    picture(author, f"lowered-{look}")
    assert (found, faults(author, nu)) == ([], [])


def _fresh(room: Class) -> list[str]:
    people = {room.person(one).pk: one for one in EIGHT}
    return [people[number] for number in fresh_readers(room.place("Ada"), now=now())]


def _appeals(page: Page, room: Class, nu: Nu | None, look: str) -> list[str]:
    Score.objects.filter(pk=room.works["Ada"].pk).update(explanation=None)
    page.goto(room.authors["Ada"].address("result/"))
    page.locator("button[name=skip]").click()
    picture(page, f"plain-{look}")
    found = faults(page, nu)
    estimate_assignment(room.assignment, at=now())
    all_read_steadily()
    page.reload()
    picture(page, f"result-{look}")
    found += faults(page, nu)
    page.goto(room.authors["Ada"].address("result/appeal/"))
    picture(page, f"appeal-{look}")
    found += faults(page, nu)
    page.locator("input[type=radio]").first.check()
    page.locator("#words").fill("Line 7 does count capitals.")
    page.locator("form.reasons .btn-main").click()
    picture(page, f"appealed-{look}")
    return found + faults(page, nu)


def _reads_anew(page: Page, room: Class, name: str, nu: Nu | None) -> list[str]:
    page.goto(room.authors[name].address("reviews/"))
    picture(page, f"offered-{name}")
    found = faults(page, nu)
    page.locator("section[aria-labelledby=second-title] button").click()
    page.wait_for_url("**/second-look/*/")
    picture(page, f"second-look-{name}")
    found += faults(page, nu)
    for place, group in enumerate(page.locator("fieldset.criterion").all()):
        group.locator("input[type=radio]").last.check()
        group.locator("textarea").fill(sentence(place))
    page.locator("button[form=review]").click()
    page.wait_for_url("**/reviews/")
    return found + faults(page, nu)


def picture(page: Page, name: str) -> None:
    """Keep a picture where STOA_PICTURES says, for those who want to look."""
    if folder := os.environ.get("STOA_PICTURES"):
        page.screenshot(path=Path(folder) / f"second-{name}.png", full_page=True)
