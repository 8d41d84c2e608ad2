from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from stoa.accounts.tests.makers import an_organisation
from stoa.catalogue import actions
from stoa.catalogue.models import Course, Subject
from stoa.catalogue.queries.shelves import shelf_for
from stoa.catalogue.rules.filters import Wanted
from stoa.catalogue.tests.makers import MONDAY, a_course, a_module, a_version

pytestmark = pytest.mark.django_db


def titles(typed: str = "", *chosen: str, order: str = "best") -> list[str]:
    shelf = shelf_for(Wanted(typed=typed, chosen=frozenset(chosen), order=order), now=MONDAY)
    return [card.title for card in shelf.cards]


def test_only_courses_with_a_run_are_on_the_shelf() -> None:
    a_version()
    a_course(title="Arabic for Neighbours")

    assert titles() == ["Arabic for Neighbours"]


@pytest.mark.req("R100")
@pytest.mark.parametrize(
    "typed", ["python", "PYTHONS", "debug", "harbour", "values and names", "machine conversation", "guessing", "pyth"]
)
def test_a_course_is_found_by_what_it_says(typed: str) -> None:
    school = an_organisation("Harbour School")
    a_course(organisation=school)
    a_course(
        organisation=an_organisation("Lake"), title="Water", modules=(a_module(),), outcomes=(), skills=(), summary=""
    )

    assert titles(typed) == ["First Steps in Python"]


@pytest.mark.req("R021", "R035")
@pytest.mark.parametrize(
    "typed",
    [
        "MOOK",
        "IACC",
        "homework",
        "certificate",
        "teacher",
        "student",
        "online class",
        "video lecture",
        "discussion forum",
        "test",
        "grade",
        "platform",
    ],
)
def test_outsiders_find_courses_with_their_words(typed: str) -> None:
    a_course()

    assert titles(typed) == ["First Steps in Python"]


@pytest.mark.parametrize(
    ("language", "title", "typed"),
    [
        ("fr", "Les premiers pas", "premières"),
        ("ar", "العربية للجيران", "العربية"),
        ("zh", "数据科学入门", "科学"),
        ("ja", "データサイエンス", "サイエンス"),
        ("ru", "Первые шаги", "первый"),
        ("de", "Bäume im Wald", "baum"),
        ("en", "Café culture", "cafe"),
    ],
)
def test_a_course_is_found_in_its_own_language(language: str, title: str, typed: str) -> None:
    a_course(language=language, title=title)

    assert titles(typed) == [title]


def test_a_slip_is_answered_with_what_was_meant() -> None:
    a_course()

    shelf = shelf_for(Wanted(typed="pyhton"), now=MONDAY)

    assert (shelf.cards, shelf.guess) == ((), "python")


@pytest.mark.req("R065")
def test_filters_narrow_and_count() -> None:
    a_course(title="Python")
    a_course(title="Python en español", language="es")
    a_course(title="Health", subjects=("health",))

    shelf = shelf_for(Wanted(chosen=frozenset({"subject:computer-science"})), now=MONDAY)

    assert sorted(card.title for card in shelf.cards) == ["Python", "Python en español"]
    assert {
        value: n for value, n in shelf.counts.items() if value.startswith(("language", "subject", "assessment"))
    } == {
        "language:en": 1,
        "language:es": 1,
        "subject:computer-science": 2,
        "subject:health": 1,
        "assessment:quiz": 2,
        "assessment:assignment": 2,
        "assessment:exercise": 2,
    }


@pytest.mark.req("R067")
def test_a_course_is_for_beginners_until_it_asks_for_something() -> None:
    course = a_course(title="Python")
    asking = a_course(title="More Python", prerequisites=("First Steps",))

    assert (course.for_beginners, asking.for_beginners) == (True, False)
    assert titles("", "level:beginner") == ["Python"]


@pytest.mark.req("R099")
def test_the_subjects_are_there_from_the_start() -> None:
    assert list(Subject.objects.values_list("name", flat=True)) == [
        "Arts and Humanities",
        "Business",
        "Computer Science",
        "Data Science",
        "Information Technology",
        "Health",
        "Math and Logic",
        "Personal Development",
        "Physical Science and Engineering",
        "Social Sciences",
        "Language Learning",
    ]


@pytest.mark.req("R099")
def test_a_featured_course_comes_first_while_it_is_featured_and_says_why() -> None:
    first = a_course(title="First")
    a_course(title="Second")
    day = MONDAY.date()

    actions.feature(course=first, reason="Ten years old today", since=day, until=day)

    shelf = shelf_for(Wanted(), now=MONDAY)
    assert [(card.title, card.featured) for card in shelf.cards] == [("First", "Ten years old today"), ("Second", "")]
    after = shelf_for(Wanted(), now=MONDAY + timedelta(days=1))
    assert [card.title for card in after.cards] == ["Second", "First"]


@pytest.mark.req("R099")
@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_featured_without_a_reason(reason: str) -> None:
    course = a_course()

    with pytest.raises(IntegrityError, match="featured_with_a_reason"), transaction.atomic():
        actions.feature(course=course, reason=reason, since=date(2026, 3, 2))


@pytest.mark.req("R010")
def test_no_course_on_the_shelf_lacks_time_or_price() -> None:
    a_course(title="Stated")
    a_course(title="Not stated", weeks=None, hours_a_week=None)

    for card in shelf_for(Wanted(), now=MONDAY).cards:
        assert card.hours_a_week > 0
        assert card.run is not None
        assert "price:free" in Course.objects.get(pk=card.pk).facets


def test_orders() -> None:
    a_course(title="Banana")
    a_course(title="apple")

    assert titles(order="title") == ["apple", "Banana"]
    assert titles(order="newest") == ["apple", "Banana"]


@pytest.mark.parametrize("number", [1, 3])
def test_one_course_costs_as_much_as_many(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(number):
        a_course()

    with django_assert_num_queries(4):
        shelf_for(Wanted(typed="python", chosen=frozenset({"language:en"})), now=MONDAY)
