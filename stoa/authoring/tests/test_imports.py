import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from stoa.accounts.models import Organisation, Person
from stoa.accounts.tests.makers import a_learner, an_administrator, an_organisation, staff_of
from stoa.authoring import actions
from stoa.authoring.models import Import, ImportLine
from stoa.authoring.tests.makers import MONDAY
from stoa.catalogue.models import Course
from stoa.catalogue.tests.makers import a_document
from stoa.coursedoc.formats.markdown import write_folder
from stoa.mail.models import Mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA = tmp_path


@pytest.fixture
def school() -> Organisation:
    return an_organisation()


@pytest.fixture
def bo(school: Organisation) -> Person:
    return staff_of(school)


def a_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "first-steps"
    write_folder(a_document(), folder, {})
    return folder


def asked(path: Path, school: Organisation, by: Person) -> Import:
    return actions.ask_with_path(organisation=school, by=by, path=path, at=MONDAY)


def test_an_import_ends_ready_and_learners_see_nothing_until_it_is_published(
    tmp_path: Path, school: Organisation, bo: Person, client: Client
) -> None:
    job = asked(a_folder(tmp_path), school, bo)

    actions.carry_out(import_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.title) == (Import.State.READY, "First Steps in Python")
    assert [line.ended_at is None for line in ImportLine.objects.filter(of=job)] == [False] * job.lines.count()
    assert Mail.objects.filter(to=bo.email).count() == 1
    assert job.version is not None
    assert client.get(f"/courses/{job.version.course.slug}/").status_code == 404

    client.force_login(bo)
    client.post(f"/imports/{job.pk}/publication/", {"run": "spring", "without_captions": "They come on Friday."})
    client.logout()
    assert client.get(f"/courses/{job.version.course.slug}/").status_code == 200


def test_a_finished_import_can_be_undone_until_it_is_published(
    tmp_path: Path, school: Organisation, bo: Person, client: Client
) -> None:
    job = asked(a_folder(tmp_path), school, bo)
    actions.carry_out(import_id=job.pk)
    client.force_login(bo)

    client.post(f"/imports/{job.pk}/undoing/")

    job.refresh_from_db()
    assert job.state == Import.State.STOPPED
    assert not Course.objects.exists()


def test_a_paused_import_waits_and_goes_on(tmp_path: Path, school: Organisation, bo: Person, client: Client) -> None:
    job = asked(a_folder(tmp_path), school, bo)
    client.force_login(bo)
    client.post(f"/imports/{job.pk}/pause/")

    actions.carry_out(import_id=job.pk)
    assert not Course.objects.exists()

    client.post(f"/imports/{job.pk}/resumption/")
    actions.carry_out(import_id=job.pk)
    assert Course.objects.count() == 1


def test_an_interrupted_import_says_so_and_can_go_on(tmp_path: Path, school: Organisation, bo: Person) -> None:
    job = asked(a_folder(tmp_path), school, bo)
    Import.objects.filter(pk=job.pk).update(state=Import.State.RUNNING)

    actions.say_it_broke(import_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.problem[:27]) == (Import.State.PAUSED, "The import was interrupted.")


def test_a_file_that_is_no_course_is_refused_with_a_reason(school: Organisation, bo: Person, client: Client) -> None:
    client.force_login(bo)
    file = SimpleUploadedFile("course.tar.gz", b"this is no archive")

    answer = client.post("/imports/", {"organisation": school.pk, "file": file})
    job = Import.objects.get()
    actions.carry_out(import_id=job.pk)

    job.refresh_from_db()
    assert answer["Location"] == f"/imports/{job.pk}/"
    assert job.state == Import.State.REFUSED
    assert job.problem in client.get(f"/imports/{job.pk}/").content.decode().replace("&#x27;", "'").replace(
        "&quot;", '"'
    )
    assert not Path(job.path).exists()


def test_only_staff_import_and_only_for_their_organisation(
    tmp_path: Path, school: Organisation, bo: Person, client: Client
) -> None:
    job = asked(a_folder(tmp_path), school, bo)

    client.force_login(a_learner())
    assert client.get("/imports/").status_code == 403
    client.force_login(staff_of(an_organisation("Lake School")))
    assert client.get(f"/imports/{job.pk}/").status_code == 404


def test_only_who_runs_the_site_may_name_a_path(bo: Person, client: Client) -> None:
    client.force_login(bo)
    assert 'name="path"' not in client.get("/imports/").content.decode()
    client.force_login(an_administrator())
    assert 'name="path"' in client.get("/imports/").content.decode()


def test_the_page_moves_with_the_work(tmp_path: Path, school: Organisation, bo: Person, client: Client) -> None:
    job = asked(a_folder(tmp_path), school, bo)
    Import.objects.filter(pk=job.pk).update(state=Import.State.RUNNING, done=64, total=100, started_at=MONDAY)
    client.force_login(bo)

    html = client.get(f"/imports/{job.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert re.findall(r'<progress[^>]* value="(\d+)"', html) == ["64"]
    assert 'hx-trigger="moved, every 3s"' in html
