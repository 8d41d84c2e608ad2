"""Choices that hold more, or less, than words."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from stoa.assessment.tests.makers import a_classroom, a_quiz
from stoa.coursedoc.model import Choice, ChoicePart, Text

pytestmark = pytest.mark.django_db


def html_of(*choices: str) -> str:
    """A quiz of choices with this HTML, as it stands in a lesson."""
    offered = tuple(Choice(id=f"c{n}", text=Text(source=one)) for n, one in enumerate(choices))
    room = a_classroom(a_quiz(ChoicePart(id="p", choices=offered)))
    return render_to_string("assessment/_quiz.html", {"quiz": room.sees("loops")}, RequestFactory().get("/"))


@pytest.mark.parametrize("block", ["<table><tr><td>1</td></tr></table>", "<pre><code>x = 1</code></pre>", "<ul></ul>"])
def test_what_no_label_may_hold_stands_below_it_and_describes_it(block: str) -> None:
    page = html_of("Words", block)

    (label,) = re.findall(
        r'<label class="option"><input aria-describedby="([^"]+)".*?<span>Answer 2</span></label>', page
    )
    assert f'<div class="prose" id="{label}">{block}</div>' in page
    assert page.count(block) == 1


def test_a_picture_without_words_has_a_name_for_those_who_can_not_see_it() -> None:
    page = html_of('<img src="/media/a.png" alt="">', '<img src="/media/b.png" alt="A bee">', "Words")

    assert '<img src="/media/a.png" alt=""><span class="visually-hidden">Answer 1</span></span>' in page
    assert '<span><img src="/media/b.png" alt="A bee"></span>' in page
    assert "<span>Words</span>" in page
