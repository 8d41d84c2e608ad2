"""News for runs of every size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner, an_administrator
from stoa.catalogue.models import Run
from stoa.courseware.actions import announce, announcing, enrol, withdraw, withdraw_announcement
from stoa.courseware.models import Announcement
from stoa.courseware.tasks import mail_the_rest
from stoa.courseware.tests.makers import NOON, a_run
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db


def learners_of(run: Run, count: int, language: str = "") -> list[Person]:
    people = [a_learner(f"Learner {number}", language=language) for number in range(count)]
    for person in people:
        enrol(run=run, person=person, at=NOON)
    return people


def news(run: Run) -> Announcement:
    return announce(run=run, by=an_administrator(), title="Office hour", text="On **Thursday**.", at=NOON)


def rest_left() -> list[dict[str, object]]:
    jobs = ProcrastinateJob.objects.filter(task_name="courseware.mail_announcement")
    return list(jobs.order_by("id").values_list("args", flat=True))


@pytest.mark.parametrize("count", [1, 3])
def test_news_for_any_number_of_learners_is_one_statement(count: int) -> None:
    run = a_run()
    learners_of(run, count)

    with CaptureQueriesContext(connection) as asked:
        news(run)

    assert Mail.objects.count() == count
    assert len([one for one in asked if "insert into mail_mail" in one["sql"]]) == 1
    assert rest_left() == []


def test_each_learner_is_written_to_in_their_own_language_and_who_left_is_not() -> None:
    run = a_run()
    [ada], [noor] = learners_of(run, 1), learners_of(run, 1, "ar")
    [gone] = learners_of(run, 1)
    withdraw(enrolment=gone.enrolments.get(), at=NOON)

    news(run)

    texts = dict(Mail.objects.values_list("person", "text"))
    assert set(texts) == {ada.pk, noor.pk}
    assert "You get this mail because you are enrolled in" in texts[ada.pk]
    assert "You get this mail" not in texts[noor.pk]
    assert all("On Thursday." in text for text in texts.values())


def test_a_large_run_gets_its_first_mails_at_once_and_the_rest_from_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 2)
    run = a_run()
    people = learners_of(run, 5)

    letter = news(run)
    assert Mail.objects.count() == 2
    [job] = rest_left()
    assert job["announcement_id"] == letter.pk
    for _ in range(2):
        mail_the_rest(announcement_id=letter.pk, after=int(str(job["after"])))

    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted(person.email for person in people)


def test_news_taken_back_reach_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 2)
    run = a_run()
    learners_of(run, 3)
    letter = news(run)
    [job] = rest_left()

    withdraw_announcement(announcement=Announcement.objects.get())
    mail_the_rest(announcement_id=int(str(job["announcement_id"])), after=int(str(job["after"])))

    assert Mail.objects.count() == 2
    assert letter.title == "Office hour"
