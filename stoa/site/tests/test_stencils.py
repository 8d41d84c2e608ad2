"""What is drawn once never mixes readers, languages or kinds of text."""

import pytest
from django.test import Client
from django.utils import translation
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.models import Person
from stoa.accounts.tests.makers import a_learner
from stoa.catalogue.models import Run
from stoa.courseware.actions import complete_step, take_note
from stoa.courseware.tests.makers import NOON, a_run, an_enrolment
from stoa.site.queries.stencils import Stencil, drawn, stencil

NAMES = st.lists(st.from_regex("[a-z]{1,8}", fullmatch=True), unique=True, max_size=5)


STEP = "m1-s1"


def page_of(person: Person, run: Run) -> str:
    client = Client()
    client.force_login(person)
    return client.get(f"/courses/{run.course.slug}/runs/{run.code}/steps/{STEP}/").content.decode()


@given(names=NAMES, words=st.text(st.characters(exclude_characters="\0")))
def test_every_hole_takes_its_own_words_and_nothing_else_changes(names: list[str], words: str) -> None:
    pieces = [piece for name in names for piece in (words, name)] + [words]

    filled = Stencil(tuple(pieces)).filled({name: SafeString(f"[{name}]") for name in names})

    assert filled == "".join(f"{words}[{name}]" for name in names) + words


def test_words_of_a_reader_make_no_hole() -> None:
    page = stencil("site/partials/_messages.html", ("says",))

    assert page.filled({"says": SafeString("\0account\0")}) == "\0account\0\n"


def test_equal_texts_of_which_one_is_html_are_drawn_apart() -> None:
    assert "<b>here</b>" in drawn("site/lesson/_unreachable.html", url=SafeString("<b>here</b>"))
    assert "&lt;b&gt;here&lt;/b&gt;" in drawn("site/lesson/_unreachable.html", url="<b>here</b>")


def test_every_language_is_drawn_apart() -> None:
    with translation.override("ar"):
        arabic = drawn("site/partials/_sign_in.html")

    assert "Sign in" in drawn("site/partials/_sign_in.html")
    assert "Sign in" not in arabic


@pytest.mark.django_db
def test_a_reader_sees_nothing_of_those_who_read_the_step_before() -> None:
    run = a_run()
    ada = an_enrolment(run=run, person=a_learner("Ada <b>Love</b>lace", email="ada@example.org"))
    bo = an_enrolment(run=run, person=a_learner("Bo Lind", email="bo@example.org"))
    complete_step(enrolment=ada, step_id=STEP, at=NOON)
    take_note(enrolment=ada, step_id=STEP, text="Only mine.", seconds=None, at=NOON)
    hers = ("Ada &lt;b&gt;Love&lt;/b&gt;lace", "ada@example.org", "Only mine.", 'aria-pressed="true"')

    first, second, again = page_of(ada.person, run), page_of(bo.person, run), page_of(ada.person, run)

    assert [one for one in hers if one not in first] == []
    assert [one for one in hers if one not in again] == []
    assert [one for one in hers if one in second] == []
    assert "bo@example.org" in second


@pytest.mark.django_db
def test_the_same_course_of_two_organisations_keeps_its_addresses_apart() -> None:
    here, there = a_run(), a_run()
    ada = a_learner()
    an_enrolment(run=here, person=ada)
    an_enrolment(run=there, person=ada)

    pages = [page_of(ada, here), page_of(ada, there)]

    assert here.course.slug != there.course.slug
    assert f'data-course="{here.course.slug}"' in pages[0]
    assert f"/courses/{there.course.slug}/" not in pages[0]
    assert f'data-course="{there.course.slug}"' in pages[1]
    assert f"/courses/{here.course.slug}/" not in pages[1]


@pytest.mark.django_db
def test_a_message_is_told_once_and_to_nobody_else() -> None:
    run = a_run()
    ada, bo = an_enrolment(run=run), an_enrolment(run=run)
    client = Client()
    client.force_login(ada.person)
    address = f"/courses/{run.course.slug}/runs/{run.code}/steps/{STEP}/"
    client.post(f"{address}report/", {"text": "The picture is missing."})

    told, other, later = client.get(address), page_of(bo.person, run), client.get(address)

    assert "The course team has your report." in told.content.decode()
    assert "The course team has your report." not in other
    assert "The course team has your report." not in later.content.decode()
