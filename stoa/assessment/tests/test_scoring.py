"""What answers earn, and what a face keeps to itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.assessment.rules import choosing, preparing, stripping
from stoa.assessment.rules.answers import kept, unsavable, unscorable
from stoa.assessment.rules.faults import Fault
from stoa.assessment.rules.scoring import Verdict, score, score_part
from stoa.assessment.rules.wording import linear
from stoa.assessment.tests.makers import (
    a_number,
    a_quiz,
    a_word,
    choose_many,
    choose_one,
    own_words,
)
from stoa.coursedoc import canonical
from stoa.coursedoc.model import (
    Choice,
    ChoicePart,
    Feedback,
    Quiz,
    Text,
    TextAnswer,
    TextPart,
)
from stoa.coursedoc.model.quizzes import ChoiceKind, PartialCredit


@st.composite
def choices(draw: st.DrawFn, kind: ChoiceKind, credit: PartialCredit) -> tuple[ChoicePart, frozenset[str]]:
    """A question and a set of chosen answers."""
    right = draw(st.lists(st.booleans(), min_size=1, max_size=9))
    part = ChoicePart(
        id="p",
        kind=kind,
        partial_credit=credit,
        points=draw(st.sampled_from([0.0, 1.0, 2.5, 10.0])),
        choices=tuple(
            Choice(id=str(place), text=Text(source="x"), correct=one, credit=draw(st.floats(0, 1)))
            for place, one in enumerate(right)
        ),
    )
    ids = [choice.id for choice in part.choices]
    return part, frozenset(draw(st.sets(st.sampled_from(ids), max_size=1 if kind is ChoiceKind.ONE else None)))


SECRET = Text(source="secret")
any_choices = st.one_of(*(choices(kind, credit) for kind in ChoiceKind for credit in PartialCredit))


@given(any_choices)
def test_what_a_choice_earns_lies_between_nothing_and_everything(answered: tuple[ChoicePart, frozenset[str]]) -> None:
    part, chosen = answered

    result = score_part(part, tuple(chosen), scored=True, matches=linear)

    assert 0 <= result.earned <= part.points
    assert (result.verdict is Verdict.RIGHT) == (choosing.credit(part, chosen) >= 1)


@given(choices(ChoiceKind.ONE, PartialCredit.NONE))
def test_of_several_right_ones_any_scores(answered: tuple[ChoicePart, frozenset[str]]) -> None:
    part, chosen = answered

    assert choosing.credit(part, chosen) == float(bool(chosen & choosing.right_choices(part)))


@given(choices(ChoiceKind.MANY, PartialCredit.NONE))
def test_all_that_apply_means_exactly_those(answered: tuple[ChoicePart, frozenset[str]]) -> None:
    part, chosen = answered

    assert choosing.credit(part, chosen) == float(chosen == choosing.right_choices(part))


@given(choices(ChoiceKind.MANY, PartialCredit.EACH))
def test_every_decision_counts(answered: tuple[ChoicePart, frozenset[str]]) -> None:
    part, chosen = answered
    good = sum((choice.id in chosen) == choice.correct for choice in part.choices)

    result = score_part(part, tuple(chosen), scored=True, matches=linear)

    assert result.earned == pytest.approx(round(part.points * good / len(part.choices), 2))


@pytest.mark.parametrize(
    ("offered", "errors", "credit"),
    [(2, 0, 1.0), (2, 1, 0.0), (3, 1, 0.5), (3, 2, 0.0), (4, 2, 0.0), (5, 2, 0.25), (5, 3, 0.0), (9, 1, 0.5)],
)
def test_halves_are_taken_as_edx_takes_them(offered: int, errors: int, credit: float) -> None:
    part = choose_many(
        choices=tuple(Choice(id=str(n), text=Text(), correct=True) for n in range(offered)),
        partial_credit=PartialCredit.HALVES,
    )

    assert choosing.credit(part, frozenset(str(n) for n in range(errors, offered))) == credit


def test_a_choice_may_earn_its_own_credit() -> None:
    part = choose_one()
    near = replace(part, choices=(replace(part.choices[0], credit=0.5), *part.choices[1:]))

    assert choosing.credit(near, frozenset("a")) == 0.0
    assert choosing.credit(replace(near, partial_credit=PartialCredit.POINTS), frozenset("a")) == 0.5


def test_words_for_exactly_a_set_stand_before_those_of_its_choices() -> None:
    texts = {name: Text(source=name) for name in ("chosen", "unchosen", "both")}
    part = choose_many(
        choices=tuple(
            Choice(id=one, text=Text(), feedback=texts["chosen"], unchosen_feedback=texts["unchosen"]) for one in "ab"
        ),
        feedback=(Feedback(choices=("a", "b"), text=texts["both"]),),
    )

    assert choosing.feedback(part, frozenset("ab")) == (texts["both"],)
    assert choosing.feedback(part, frozenset("a")) == (texts["chosen"], texts["unchosen"])


@pytest.mark.parametrize(
    ("values", "verdict", "earned"),
    [(("3.5",), "right", 1.0), (("4",), "wrong", 0.0), ((), "empty", 0.0), (("what",), "wrong", 0.0)],
)
def test_numbers_are_judged(values: tuple[str, ...], verdict: str, earned: float) -> None:
    result = score_part(a_number(), values, scored=True, matches=linear)

    assert (result.verdict, result.earned) == (verdict, earned)


def test_words_are_judged_and_foreseen_wrong_ones_answered() -> None:
    wrong = TextAnswer(text="for", correct=False, feedback=Text(source="Nearly."))
    part = TextPart(id="w", points=2, answers=(TextAnswer(text="while"), TextAnswer(text="until", credit=0.5), wrong))

    results = [score_part(part, (word,), scored=True, matches=linear) for word in ("while", "until", "for", "if")]

    assert [(one.verdict, one.earned, one.feedback) for one in results] == [
        ("right", 2.0, ()),
        ("partly", 1.0, ()),
        ("wrong", 0.0, ("Nearly.",)),
        ("wrong", 0.0, ()),
    ]
    assert score_part(part, (), scored=True, matches=linear).verdict == "empty"


def test_own_words_are_never_wrong() -> None:
    assert score_part(own_words(points=3), ("x",), scored=True, matches=linear).earned == 3
    assert score_part(own_words(points=3), (), scored=True, matches=linear).verdict == "empty"


def test_a_poll_scores_nothing_but_is_whole_once_answered() -> None:
    poll = a_quiz(choose_one(), own_words(), scored=False)

    answered = score(poll, {"p": ("a",), "f": ("x",)}, matches=linear)
    half = score(poll, {"p": ("a",)}, matches=linear)

    assert (answered.earned, answered.out_of, answered.share, half.share) == (0.0, 0.0, 1.0, 0.0)
    assert answered.parts[0].feedback == ("It would start again at 3 for ever.",)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=5), st.one_of(st.none(), st.floats(0, 100)))
def test_a_quiz_is_worth_its_weight(points: list[float], weight: float | None) -> None:
    parts = tuple(choose_one(f"p{place}", points=one) for place, one in enumerate(points))
    quiz = a_quiz(*parts, weight=weight)

    best = score(quiz, {part.id: ("b",) for part in parts}, matches=linear)
    worst = score(quiz, {part.id: ("c",) for part in parts}, matches=linear)

    assert best.earned == pytest.approx(best.out_of)
    assert (best.right, worst.earned) == (True, 0.0)
    assert best.share == pytest.approx(1.0)


def test_what_is_kept_are_answers_to_the_parts() -> None:
    quiz = a_quiz(choose_one(), a_word())

    assert kept(quiz, {"p": ("a", " "), "w": ("",), "x": ("1",)}) == {"p": ("a",)}


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({"p": ("z",)}, {"p": Fault.UNKNOWN_CHOICE}),
        ({"p": ("a", "b")}, {"p": Fault.ONE_ONLY}),
        ({"n": ("1", "2")}, {"n": Fault.ONE_ONLY}),
        ({"n": ("1" * 301,)}, {"n": Fault.TOO_LONG}),
        ({"w": ("x" * 1_001,)}, {"w": Fault.TOO_LONG}),
        ({"f": ("x" * 50_001,)}, {"f": Fault.TOO_LONG}),
        ({"f": ("x" * 2_000,), "m": ("a", "b"), "n": ("what",)}, {}),
    ],
)
def test_drafts_are_kept_unless_nothing_could_come_of_them(
    answers: dict[str, tuple[str, ...]], faults: dict[str, Fault]
) -> None:
    quiz = a_quiz(choose_one(), choose_many(), a_number(), a_word(), own_words())

    assert unsavable(quiz, answers) == faults


def test_a_range_asks_for_a_real_number() -> None:
    ranged = replace(a_number(), answers=(replace(a_number().answers[0], value="", low="1", high="2"),))

    assert unscorable(a_quiz(a_number()), {"n": ("1 apple",)}) == {"n": Fault.MISSING_SIGN}
    assert unscorable(a_quiz(a_number(), a_word()), {"n": (" ",)}) == {"n": Fault.EMPTY, "w": Fault.EMPTY}
    assert unscorable(a_quiz(ranged), {"n": ("1+j",)}) == {"n": Fault.NOT_REAL}
    assert unscorable(a_quiz(ranged), {"n": ("1.5",)}) == {}
    assert unscorable(a_quiz(ranged, choose_one()), {"n": ("1.5",), "p": ("z",)}) == {"p": Fault.UNKNOWN_CHOICE}


any_quiz = st.builds(
    a_quiz,
    st.one_of(
        any_choices.map(lambda answered: replace(answered[0], solution=SECRET)),
        st.just(replace(choose_one(), solution=SECRET)),
        st.just(replace(a_number(), solution=SECRET)),
        st.just(replace(a_word(), solution=SECRET)),
        st.just(replace(own_words(), solution=SECRET)),
    ),
    hints=st.just((SECRET,)),
    solution=st.just(SECRET),
)


@given(any_quiz)
def test_a_face_tells_nothing_that_a_key_knows(quiz: Quiz) -> None:
    face = stripping.face(quiz)

    told = canonical.written(face)
    assert SECRET.source not in told
    for word in ("correct", "credit", "feedback", "answers"):
        assert f'"{word}"' not in told
    assert [len(part.choices) for part in face.parts if isinstance(part, ChoicePart)] == [
        len(part.choices) for part in quiz.parts if isinstance(part, ChoicePart)
    ]


@given(any_quiz)
def test_a_prepared_quiz_has_every_text_as_html_and_nothing_else_changed(quiz: Quiz) -> None:
    prepared = preparing.prepared(quiz, lambda text: text.source)

    assert repr(prepared).replace("HTML: 'html'", "MARKDOWN: 'markdown'") == repr(quiz)
    assert preparing.prepared(quiz, lambda text: f"<i>{text.source}</i>").solution.source == "<i>secret</i>"
