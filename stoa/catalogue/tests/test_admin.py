import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory

from stoa.accounts.tests.makers import an_administrator, an_organisation, staff_of
from stoa.catalogue.admin import CourseAdmin
from stoa.catalogue.models import Course
from stoa.catalogue.tests.makers import a_course

pytestmark = pytest.mark.django_db


@pytest.mark.req("R098")
def test_staff_administer_the_courses_of_their_own_organisation(client: Client) -> None:
    harbour, lake = an_organisation("Harbour School"), an_organisation("Lake School")
    bo = staff_of(harbour)
    bo.user_permissions.set(Permission.objects.filter(content_type__app_label="catalogue"))
    bo.is_staff = True
    bo.save()
    mine, theirs = a_course(organisation=harbour, title="Boats"), a_course(organisation=lake, title="Fish")
    client.force_login(bo)

    page = client.get("/admin/catalogue/course/").content.decode()

    assert ("Boats" in page, "Fish" in page) == (True, False)
    assert client.get(f"/admin/catalogue/course/{mine.pk}/change/").status_code == 200
    assert client.get(f"/admin/catalogue/course/{theirs.pk}/change/").status_code == 302


@pytest.mark.req("R099")
def test_featuring_without_a_reason_is_sent_back(client: Client) -> None:
    course = a_course()
    client.force_login(an_administrator())

    answer = client.post(
        "/admin/catalogue/featured/add/", {"course": course.pk, "reason": " ", "since": "2026-03-02", "until": ""}
    )

    assert "This field is required." in answer.content.decode()


def test_courses_come_in_by_import_only() -> None:
    assert CourseAdmin(Course, admin.site).has_add_permission(RequestFactory().get("/")) is False
