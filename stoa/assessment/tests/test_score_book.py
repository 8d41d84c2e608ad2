"""The score book, rescoring, and the words of the log."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stoa.assessment.rules import edx, scoring
from stoa.assessment.rules.rescoring import Lowering, rescored
from stoa.assessment.rules.score_book import Entry, ScoreRow, score_table
from stoa.assessment.rules.scoring import score
from stoa.assessment.rules.wording import linear
from stoa.assessment.tests.makers import (
    a_number,
    a_quiz,
    a_word,
    choose_many,
    choose_one,
    own_words,
)
from stoa.coursedoc.model import (
    ScorePart,
    ScoreScheme,
)


def test_the_score_book_adds_up_by_the_scheme() -> None:
    scheme = ScoreScheme(
        parts=(ScorePart(name=" Quizzes", weight=0.3, drop=1), ScorePart(name="Final", weight=0.7, count=2)),
        passing=0.6,
    )
    entries = [
        Entry(lesson="a", part="Quizzes", out_of=1, share=1.0),
        Entry(lesson="a", part="Quizzes", out_of=3, share=0.5),
        Entry(lesson="b", part="Quizzes", out_of=1, share=0.8),
        Entry(lesson="c", part="Quizzes", out_of=1, share=None),
        Entry(lesson="d", part="Final", out_of=10, share=None),
        Entry(lesson="e", part="", out_of=5, share=1.0),
    ]

    table = score_table(scheme, entries)

    assert table.rows == (
        ScoreRow(name="Quizzes", weight=30.0, score=71.2, points=21.4, lessons=3, counted=2, begun=2),
        ScoreRow(name="Final", weight=70.0, score=None, points=None, lessons=2, counted=2, begun=0),
    )
    assert (table.points, table.passing, table.passed, table.to_pass) == (21.4, 60.0, False, 38.6)


def test_a_course_without_a_scheme_counts_all_its_quizzes_the_same() -> None:
    table = score_table(ScoreScheme(), [Entry(lesson="a", part="", out_of=2, share=0.75)])

    assert [(row.name, row.points) for row in table.rows] == [("Quizzes", 75.0)]
    assert (table.passed, score_table(ScoreScheme(), []).rows) == (True, ())
    assert not score_table(ScoreScheme(), []).passed


shares = st.one_of(st.none(), st.floats(0, 1))
entries = st.builds(
    Entry,
    lesson=st.sampled_from("abcd"),
    part=st.sampled_from(["Quizzes", "Final", ""]),
    out_of=st.floats(0, 10),
    share=shares,
)


@given(st.lists(entries, max_size=12), st.integers(0, 3), st.one_of(st.none(), st.integers(0, 6)), st.data())
def test_points_are_bounded_and_only_grow(some: list[Entry], drop: int, count: int | None, data: st.DataObject) -> None:
    scheme = ScoreScheme(
        parts=(ScorePart(name="Quizzes", weight=0.4, drop=drop, count=count), ScorePart(name="Final", weight=0.6))
    )
    better = [replace(one, share=data.draw(st.floats(one.share or 0.0, 1))) for one in some]

    before, after = score_table(scheme, some), score_table(scheme, better)

    assert 0 <= before.points <= 100.1
    assert after.points >= before.points - 0.1


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_rescoring_lowers_only_where_it_says_so(before: float, after: float) -> None:
    assert rescored(before=before, after=after, lowering=Lowering.NEVER) == max(before, after)
    assert rescored(before=before, after=after, lowering=Lowering.ANNOUNCED) == after


def test_the_log_speaks_of_every_kind_of_part() -> None:
    quiz = a_quiz(choose_one(), choose_many(), a_number(), a_word(), own_words())
    answers = {"p": ("a",), "m": ("a", "c"), "n": ("3.5",), "w": ("while",), "f": ("x",)}
    results = {one.part: one for one in score(quiz, answers, matches=linear).parts}

    told = edx.submission(quiz, answers, results)

    assert edx.answers(quiz, answers)["loops_3_1"] == ["a", "c"]
    assert edx.correct_map(quiz, results)["loops_2_1"] == {"correctness": "incorrect", "npoints": 0.0}
    assert edx.problem_key("course-v1:o+c+r", "loops") == "block-v1:o+c+r+type@problem+block@loops"

    kinds = [(one["response_type"], one["answer"], one["correct"]) for one in told.values()]
    assert kinds == [
        ("multiplechoiceresponse", "Move it", False),
        ("choiceresponse", ["Choice a", "Choice c"], True),
        ("numericalresponse", "3.5", True),
        ("stringresponse", "while", True),
        ("customresponse", "x", True),
    ]


def test_a_quiz_without_points_is_worth_none() -> None:
    assert scoring.most(a_quiz(choose_one(points=0), weight=5.0)) == 0.0
