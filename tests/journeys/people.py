"""What a person does in front of a page, in words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

PASSWORD = "a porch with a view 7"
COURSE = "/courses/first-steps-in-python/"


@dataclass
class Newcomer:
    """Somebody who has just found Stoa. Buttons and links are found by address, so any language will do."""

    page: Page
    email: str

    def find_the_course(self) -> None:
        """From the front page, by search, to the course."""
        self.page.goto("/")
        self.page.locator("main input[name=q]").first.fill("python")
        self.page.locator("main form:has(input[name=q]) button").first.click()
        self.page.wait_for_url("**q=python*")
        self.page.locator(f"main a[href='{COURSE}']").first.click()
        expect(self.page.locator("h1")).to_contain_text("Python")

    def make_an_account_on_the_way_in(self) -> None:
        """Asks to enrol, is sent to sign in, makes an account, and types the code that came by mail."""
        self.page.locator("main a.btn-main[href$='/enrolment/']").first.click()
        self.page.locator("main a[href*='/accounts/signup/']").first.click()
        self.page.fill("input[name=display_name]", "Nia Newcomer")
        self.page.fill("input[name=email]", self.email)
        self.page.fill("input[name=password1]", PASSWORD)
        self.page.locator("input[name=password1]").press("Enter")
        self.page.wait_for_url("**/confirm-email/**")
        self.page.fill("input[name=code]", self.code_from_the_inbox())
        self.page.locator("input[name=code]").press("Enter")

    def code_from_the_inbox(self) -> str:
        """The code in the newest mail to this person."""
        inbox = self.page.context.new_page()
        inbox.goto("/inbox/")
        found = re.search(rf"([A-Z0-9]{{4}}-[A-Z0-9]{{4}})\s+\S+\s+{re.escape(self.email)}", inbox.inner_text("main"))
        inbox.close()
        assert found, "no code came by mail"
        return found[1]

    def enrol(self) -> None:
        """One click; the run's home opens."""
        self.page.locator("main form button.btn-main").first.click()
        self.page.wait_for_url(re.compile(r"/runs/[\w-]+/$"))

    def finish_module_one(self) -> list[str]:
        """Opens every step of the first module, answers its quizzes, marks each step as complete."""
        home = self.page.url
        self.page.locator("main a[href*='/steps/']").first.click()
        steps = [self.page.url]
        module = self.module()
        while True:
            self.answer_quizzes()
            self.complete()
            following = self.page.locator("a[rel=next]")
            if following.count() == 0:
                break
            following.click()
            if self.module() != module:
                break
            steps.append(self.page.url)
        self.page.goto(home)
        return steps

    def module(self) -> str:
        """The module that the page says one is in."""
        return self.page.locator("main .crumbs li").last.inner_text()

    def answer_quizzes(self) -> None:
        """Answers something to every question of the page and hands it in."""
        for place in range(self.page.locator("main form[action*='/quizzes/']").count()):
            form = self.page.locator("main form[action*='/quizzes/']").nth(place)
            for field in form.locator("input[type=text], textarea").all():
                field.fill("3")
            for group in form.locator("fieldset:has(input[type=radio])").all():
                group.locator("input[type=radio]").first.check()

    def complete(self) -> None:
        """Marks the step as complete and sees that it is."""
        done = self.page.locator(".bar-bottom form[action$='/completion/'] button")
        if done.get_attribute("aria-pressed") != "true":
            done.click()
        expect(self.page.locator(".bar-bottom form[action$='/completion/'] button")).to_have_attribute(
            "aria-pressed", "true"
        )


def sign_in(page: Page, site: Site, email: str) -> None:
    """Signs in with the password that the first start printed."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", site.password(email))
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
