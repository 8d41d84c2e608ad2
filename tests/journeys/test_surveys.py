"""One question on the way in, one on the way out, one mail to those who stopped: answered, changed, deleted."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from stoa.accounts.tests.makers import a_learner
from stoa.courseware.actions import be_content, complete_step
from stoa.courseware.models import Enrolment
from stoa.courseware.tests.makers import a_run, an_enrolment
from stoa.insights.actions import ask_those_who_stopped
from stoa.insights.models import Answer
from stoa.insights.queries.surveys import answers_in
from stoa.kernel.clock import now
from stoa.mail.models import Mail
from tests.journeys.checkers import Nu
from tests.journeys.checkers import picture as kept
from tests.journeys.conftest import Open, Site
from tests.journeys.people import COURSE, sign_in
from tests.journeys.test_every_page import the_first
from tests.journeys.test_peer_review import DESKTOP, PHONE, faults, in_front_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LOOKS: dict[str, dict[str, object]] = {
    "light": {"viewport": DESKTOP},
    "dark-phone": {"viewport": PHONE, "color_scheme": "dark"},
    "arabic-phone": {"viewport": PHONE, "locale": "ar"},
    "no-script": {"viewport": PHONE, "java_script_enabled": False},
}
EVERY_LOOK = pytest.mark.parametrize("look", LOOKS)


def seen(page: Page, nu: Nu | None, name: str, look: str) -> list[str]:
    """Keep a picture, and say what is wrong with the page; axe is a script itself."""
    kept(page, f"survey-{name}-{look}")
    if look == "no-script":
        return nu.faults(page.context.request.get(page.url).text()) if nu else []
    return faults(page, nu)


@pytest.mark.req("R018", "R022")
@EVERY_LOOK
def test_whoever_enrols_is_asked_answers_changes_and_deletes(
    browser: Browser, live_server: LiveServer, nu: Nu | None, look: str
) -> None:
    run, ada = a_run(), a_learner("Ada")
    page = in_front_of(ada, browser, live_server, **LOOKS[look]).new_page()
    page.goto(f"/courses/{run.course.slug}/runs/{run.code}/enrolment/")
    page.locator("main form button.btn-main").click()
    found = seen(page, nu, "asked", look)

    page.locator("#intent button[value=skills]").click()
    expect(page.locator("#intent")).to_have_count(0)
    page.locator("a[href$='/intent/']").click()
    found += seen(page, nu, "intent", look)
    page.locator("input[value=browse]").check()
    page.locator("main form button.btn-main").click()
    page.goto("/account/answers/")
    found += seen(page, nu, "own", look)
    (enrolment,) = Enrolment.objects.all()
    said = dict(answers_in(enrolment.pk))
    page.locator("form[action$='/removal/'] button").click()
    found += seen(page, nu, "none-left", look)

    assert said == {("enrolment", "intent"): "browse"}
    assert (Answer.objects.count(), found) == (0, [])


@pytest.mark.req("R018")
def test_whoever_skips_is_not_asked_again(browser: Browser, live_server: LiveServer) -> None:
    ada = an_enrolment()
    home = f"/courses/{ada.run.course.slug}/runs/{ada.run.code}/"
    page = in_front_of(ada.person, browser, live_server, **LOOKS["no-script"]).new_page()
    page.goto(home)

    page.locator("#intent button[name=skip]").click()

    expect(page.locator("#intent")).to_have_count(0)
    page.goto(home)
    expect(page.locator("#intent")).to_have_count(0)
    assert Answer.objects.count() == 0


@pytest.mark.req("R145", "R146")
@EVERY_LOOK
def test_whoever_is_through_says_how_it_was(
    browser: Browser, live_server: LiveServer, nu: Nu | None, look: str
) -> None:
    ada = an_enrolment()
    home = f"/courses/{ada.run.course.slug}/runs/{ada.run.code}/"
    if look == "light":
        be_content(enrolment=ada, at=now())
    else:
        for step in ("m1-s1", "m1-s2", "m1-s3", "m2-s1", "m2-s2", "m2-s3"):
            complete_step(enrolment=ada, step_id=step, at=now())
    page = in_front_of(ada.person, browser, live_server, **LOOKS[look]).new_page()
    page.goto(home)
    found = seen(page, nu, "through", look)

    page.locator("#exit button[value=yes]").click()
    page.wait_for_url("**/exit/")
    page.locator("textarea").fill("Thank you.")
    found += seen(page, nu, "exit", look)
    page.locator("main form button.btn-main").click()

    expect(page.locator("#exit")).to_have_count(0)
    said = answers_in(ada.pk)
    assert (said["exit", "satisfied"], said["exit", "words"], found) == ("yes", "Thank you.", [])


@pytest.mark.req("R146")
@EVERY_LOOK
def test_a_link_in_the_mail_answers_after_one_press_without_signing_in(
    browser: Browser, live_server: LiveServer, nu: Nu | None, look: str
) -> None:
    ada = an_enrolment()
    Enrolment.objects.update(at=now() - timedelta(days=30))
    ask_those_who_stopped(after=0, at=now())
    mail = Mail.objects.get(kind="exit-question")
    link = re.search(r"too hard: (\S+)", mail.text)
    assert link is not None
    page = browser.new_context(base_url=live_server.url, **LOOKS[look]).new_page()  # type: ignore[arg-type]  # options are those of playwright

    page.goto(urlsplit(link[1]).path)
    before = Answer.objects.count()
    expect(page.locator("input[value=hard]")).to_be_checked()
    found = seen(page, nu, "link", look)
    page.locator("input[value=no]").check()
    page.locator("main form button.btn-main").click()
    expect(page.locator("button[name=take_back]")).to_be_visible()
    found += [*seen(page, None, "thanks", look)]
    page.goto("/surveys/nothing/")
    found += seen(page, nu, "over", look)

    assert before == 0
    assert answers_in(ada.pk) == {("exit", "reason"): "hard", ("exit", "satisfied"): "no"}
    assert found == []


@pytest.mark.req("R018", "R142", "R146")
def test_the_team_sees_what_the_demos_learners_answered(visitor: Open, site: Site) -> None:
    page = visitor()
    sign_in(page, site, "admin@stoa.example")
    page.goto(COURSE)
    home = the_first(page, r"^/courses/first-steps-in-python/runs/[\w-]+/")

    page.goto(f"{home}insights/")

    section = page.locator("section[aria-labelledby=surveys]")
    expect(section.locator("table")).to_have_count(3)
    assert re.search(r"\d+ of \d+ who were asked \(\d+", section.inner_text())
    expect(page.locator("section[aria-labelledby=still-there]")).to_contain_text("I got what I wanted")
    kept(page, "survey-team")
