"""A score in pictures and words."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.queries.score_views import changes, reader_rows, score_view
from stoa.peer_review.rules.scoring.explanation import Explanation, OneMore, Part


def explained(*parts: tuple[float, float, float], staff: float | None = None) -> Explanation:
    """An explanation of parts: points, habit, share."""
    return Explanation(
        submission="7",
        reviews=tuple(
            Part(rater=str(place), points=p, usual=u, share=s, moves=0) for place, (p, u, s) in enumerate(parts)
        ),
        staff=staff,
        staff_moves=0,
        leniency=0,
        drawn=2.6,
        next=(OneMore(points=0, score=71.2, low=60, high=80), OneMore(points=100, score=86, low=78, high=94)),
    )


@pytest.mark.req("R115")
def test_marks_stand_in_their_order_with_habit_and_weight() -> None:
    rows = reader_rows(explained((90, 5, 0.27), (78, -2, 0.41), (84, 0.2, 0.32)), own=75)

    assert [(row.name, row.gave, row.usually, row.counted_as, row.weight) for row in rows] == [
        ("Reader A", "78", "2 strict", "80", "41 %"),
        ("Reader B", "84", "as others", "84", "32 %"),
        ("Reader C", "90", "5 generous", "85", "27 %"),
        ("You, self-review", "75", "\N{EN DASH}", "\N{EN DASH}", "shown only"),
    ]


def test_what_a_single_reader_gave_is_told_to_nobody() -> None:
    assert reader_rows(explained((78, 0, 1)), own=None) == ()
    assert score_view(score=78, low=60, high=90, passing=None, marks=[78]).marks == ()


def test_one_more_reader_and_few_readers_would_change_it() -> None:
    found = changes(explained((78, 0, 0.5), (90, 0, 0.5)), score=82)

    assert [(one.title, one.text) for one in found] == [
        ("One more reader", "Nothing given at all would make it 71, full marks 86; now it is 82."),
        (
            "Only 2 readers so far",
            "So few readers say less, so the score is 3 points nearer to the middle of all work than their marks.",
        ),
    ]


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_nothing_is_drawn_beside_the_scale(score: float, one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)

    view = score_view(score=score, low=low, high=high, passing=60, marks=[])

    assert 0 <= view.own <= 99.4
    assert view.low >= 0
    assert view.low + view.width <= 100.7
    assert ("not passed yet" in view.title) == (round(score) < 60)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_scale_is_drawn_in_every_language(language: str) -> None:
    view = score_view(score=78.6, low=70.25, high=88.4, passing=60.0, marks=[71.0, 100.0])

    with override(language):
        drawn = render_to_string("peer_review/result/_score.html", {"score": view})

    places = re.findall(r'(?:x|width)="([^"]*)%"', drawn)
    assert places == ["100", "70.2", "18.2", "78.3", ".6", "71.0", "99.4"]


def test_an_instructors_word_has_no_interval() -> None:
    view = score_view(score=80.0, low=80.0, high=80.0, passing=60.0, marks=[], interval=False)

    drawn = render_to_string("peer_review/result/_score.html", {"score": view})

    assert "Ninety times" not in drawn
    assert "interval" not in drawn
    assert view.label == "A scale from 0 to 100: score 80. The passing line is 60."
