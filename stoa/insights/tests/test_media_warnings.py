"""Staff hear once that media fail in a country, and once that it is over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import IntegrityError
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from stoa.accounts.models import Organisation
from stoa.accounts.tests.makers import a_learner, an_administrator, staff_of
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import course_key
from stoa.courseware.tests.makers import an_enrolment
from stoa.insights.actions import heed_media
from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.asking.door import door, key, listening
from stoa.insights.engine.asking.serving import Service
from stoa.insights.models import MediaWarning
from stoa.insights.queries import figures
from stoa.insights.rules.answers import Media, MediaGroup
from stoa.insights.rules.dimensions import View
from stoa.insights.tasks import watch_media
from stoa.insights.tests.logs import events_in
from stoa.insights.tests.media_logs import a_counted_log, tries
from stoa.mail.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.req("R093")]
NOON = datetime(2026, 9, 20, 12, tzinfo=UTC)


def group(key: str, *, failed: int, of: int, courses: tuple[str, ...] = ()) -> MediaGroup:
    return MediaGroup(key=key, tries=of, failures=failed, learners=of, registered=of, participants=of, courses=courses)


def answer(*groups: MediaGroup) -> Media:
    return Media(version=1, view=View.TEAM, days=1, everyone=group("", failed=0, of=0), groups=groups)


def heed(*groups: MediaGroup, hours: int = 0) -> None:
    heed_media(answer=answer(*groups), at=NOON + timedelta(hours=hours))


def subjects() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


def test_an_administrator_is_told_once_while_it_lasts_and_once_when_it_is_over() -> None:
    an_administrator()
    bad, well = group("KE", failed=8, of=20), group("KE", failed=2, of=20)

    heed(bad)
    heed(bad, hours=1)
    assert subjects() == ["MOOC videos fail in: Kenya"]
    heed(group("KE", failed=5, of=20), hours=2)
    assert subjects() == ["MOOC videos fail in: Kenya"]
    heed(well, hours=3)
    heed(well, hours=4)
    assert subjects() == ["MOOC videos fail in: Kenya", "MOOC videos work again in: Kenya"]
    warning = MediaWarning.objects.get()
    assert (warning.began_at, warning.ended_at) == (NOON, NOON + timedelta(hours=3))
    assert (warning.failed, warning.tried) == (8, 20)


def test_the_mail_names_its_number_its_denominator_and_the_fewest_tries() -> None:
    an_administrator()

    heed(group("KE", failed=8, of=20))

    text = Mail.objects.get().text
    assert "8 of 20 tries (40\N{NO-BREAK SPACE}%) failed in: Kenya" in text
    assert "at least 10 tries" in text


def test_it_comes_again_when_it_begins_again() -> None:
    an_administrator()

    for hours in (0, 2, 4):
        heed(group("KE", failed=8, of=20), hours=hours)
        heed(group("KE", failed=0, of=20), hours=hours + 1)

    assert len(subjects()) == 6
    assert MediaWarning.objects.filter(ended_at=None).count() == 0


@pytest.mark.parametrize(("failed", "of"), [(9, 9), (3, 10), (0, 50)])
def test_too_few_tries_or_a_smaller_share_tell_nobody(failed: int, of: int) -> None:
    an_administrator()

    heed(group("KE", failed=failed, of=of))

    assert subjects() == []


def test_where_nobody_tries_any_more_it_is_not_called_over() -> None:
    an_administrator()
    heed(group("KE", failed=8, of=20))

    heed(hours=30)
    heed(group("KE", failed=0, of=3), hours=31)

    assert MediaWarning.objects.filter(ended_at=None).count() == 1


def test_staff_hear_of_their_own_courses_in_their_own_language() -> None:
    ada = an_enrolment()
    organisation: Organisation = ada.run.course.organisation
    boss = staff_of(organisation)
    boss.language = "ar"
    boss.save()
    staff_of(Organisation.objects.create(slug="elsewhere", name="Elsewhere"))
    key = course_key(organisation=organisation.slug, course=ada.run.course.code, run=ada.run.code)

    heed(group("KE", failed=8, of=20, courses=(key,)))

    mail = Mail.objects.get()
    assert mail.person_id == boss.pk
    assert "كينيا" in mail.subject


def test_no_country_has_two_warnings_at_once() -> None:
    heed(group("KE", failed=8, of=20))

    with pytest.raises(IntegrityError):
        MediaWarning.objects.create(country="KE", began_at=NOON, failed=9, tried=20)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    monkeypatch.delenv("STOA_INSIGHTS_URL", raising=False)
    monkeypatch.setattr(figures, "_kept", {})
    lines = [*tries(1, well=20, badly=15, first=0), *tries(2, well=40, badly=0, first=100)]
    lines += tries(3, well=20, badly=3, first=200)
    service = Service(listening(door()), Answers(a_counted_log(tmp_path / "log", lines)), signed_with=key())
    running = Thread(target=service.run)
    running.start()
    yield
    service.stop()
    running.join()
    service._taking.close()  # noqa: SLF001 -- the process of a site ends with it


@pytest.mark.usefixtures("engine")
def test_the_worker_asks_the_engine_and_tells() -> None:
    an_administrator()

    watch_media(0)

    assert subjects() == ["MOOC videos fail in: Kenya"]


@pytest.mark.usefixtures("engine")
def test_on_a_quiet_site_the_engine_sleeps_on() -> None:
    an_administrator()

    watch_media(1_790_000_000)

    assert subjects() == []


def test_an_engine_that_is_away_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOA_INSIGHTS_URL", "unix:///nowhere/socket")

    watch_media(0)

    assert not MediaWarning.objects.exists()


@pytest.mark.usefixtures("engine")
def test_everybody_may_see_where_media_fail_but_no_few_people(client: Client) -> None:
    page = client.get("/insights/media/").content.decode()

    assert "Kenya" in page
    assert "43\N{NO-BREAK SPACE}% of 35" in page
    assert "More than 30 of 100 failed in: Kenya." in page
    rows = client.get("/insights/media.csv").content.decode().splitlines()
    assert rows[0] == "country,tries,failures,learners,registered,participants"
    # Media failed three learners in India: too few to say.
    assert next(row for row in rows if row.startswith("IN,")).split(",")[2] == "hidden"


@pytest.mark.usefixtures("engine")
def test_it_stands_on_the_board_of_those_who_run_courses(client: Client) -> None:
    ada = an_enrolment()
    client.force_login(staff_of(ada.run.course.organisation))

    assert 'id="media"' in client.get("/insights/?view=team").content.decode()
    assert 'id="media"' not in client.get("/insights/").content.decode()


def post_failures(client: Client, ada: Enrolment, number: int) -> int:
    run = ada.run
    events = [
        {"name": "video_failed", "item": "film", "reason": "no source plays", "source": "https://v.example/f.mp4"}
    ]
    body = {"course": run.course.slug, "run": run.code, "step": "m1-s1", "events": events * number}
    headers = {"Sec-Fetch-Site": "same-origin"}
    return client.post("/events/", body, content_type="application/json", headers=headers).status_code


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_logged_without_its_address_and_looked_into_once(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    ada = an_enrolment(person=a_learner())
    client.force_login(ada.person)

    assert [post_failures(client, ada, 1) for _ in range(3)] == [204, 204, 204]

    told = events_in(tmp_path, "stoa.media.failed")
    assert len(told) == 3
    assert "f.mp4" not in told[0]["event"]
    assert '"source": "v.example"' in told[0]["event"]
    jobs = ProcrastinateJob.objects.filter(task_name="insights.media", status="todo")
    assert jobs.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_browser_cannot_make_a_country_look_cut_off(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    ada = an_enrolment(person=a_learner())
    client.force_login(ada.person)

    for _ in range(15):
        post_failures(client, ada, 1)

    assert len(events_in(tmp_path, "stoa.media.failed")) == 10
