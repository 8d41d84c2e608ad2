"""What is shown when, chance, layouts and places."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.assessment.rules import drawing, preparing
from stoa.assessment.rules.placing import quizzes
from stoa.assessment.rules.preparing import Piece
from stoa.assessment.rules.showing import GRACE, Standing, ends_at, next_attempt_at, shows_answers, time_is_up
from stoa.assessment.tests.makers import (
    MONDAY,
    a_course_of,
    a_quiz,
    choose_one,
)
from stoa.coursedoc.model import (
    Choice,
    Pool,
    Reading,
    Text,
    Variant,
    Variants,
)
from stoa.coursedoc.model.quizzes import ShowAnswer


@pytest.mark.parametrize(
    ("policy", "shown"),
    [
        (ShowAnswer.ALWAYS, "new tried right last late"),
        (ShowAnswer.NEVER, ""),
        (ShowAnswer.ANSWERED, "right"),
        (ShowAnswer.ATTEMPTED, "tried right last late"),
        (ShowAnswer.AFTER_ATTEMPTS, "last"),
        (ShowAnswer.FINISHED, "right last late"),
        (ShowAnswer.CORRECT_OR_PAST_DUE, "right late"),
        (ShowAnswer.PAST_DUE, "late"),
        (ShowAnswer.CLOSED, "last late"),
        (ShowAnswer.AFTER_ALL_ATTEMPTS, "last"),
    ],
)
def test_solutions_show_as_the_author_decided(policy: ShowAnswer, shown: str) -> None:
    quiz = a_quiz(attempts=3, show_answer=policy, show_answer_after=5)
    standings = {
        "new": Standing(),
        "tried": Standing(attempts=1),
        "right": Standing(attempts=2, right=True),
        "last": Standing(attempts=3),
        "late": Standing(attempts=1, past_due=True),
    }

    assert " ".join(name for name, one in standings.items() if shows_answers(quiz, one)) == shown


def test_one_waits_as_long_as_the_author_says() -> None:
    patient, hasty = a_quiz(wait_seconds=30), a_quiz()

    assert next_attempt_at(patient, Standing(last_at=MONDAY)) == MONDAY + timedelta(seconds=30)
    assert next_attempt_at(patient, Standing()) is None
    assert next_attempt_at(hasty, Standing(last_at=MONDAY)) is None


def test_time_ends_with_a_little_grace_and_what_was_added() -> None:
    quiz = a_quiz(minutes_allowed=10.0)
    started = Standing(started_at=MONDAY, extra_minutes=5)
    end = MONDAY + timedelta(minutes=15)

    assert (ends_at(quiz, started), ends_at(quiz, Standing()), ends_at(a_quiz(), started)) == (end, None, None)
    assert not time_is_up(quiz, started, end + GRACE)
    assert time_is_up(quiz, started, end + GRACE + timedelta(seconds=1))


@given(st.lists(st.booleans(), max_size=12), st.text(max_size=5))
def test_shuffled_choices_are_the_same_ones_and_fixed_ones_stay(fixed: list[bool], seed: str) -> None:
    part = choose_one()
    offered = tuple(Choice(id=str(n), text=Text(), fixed=one) for n, one in enumerate(fixed))
    shuffled = replace(part, choices=offered, shuffle=True)

    order = drawing.ordered(shuffled, seed=seed)

    assert sorted(one.id for one in order) == sorted(one.id for one in offered)
    assert all(new == old for new, old in zip(order, offered, strict=True) if old.fixed)
    assert order == drawing.ordered(shuffled, seed=seed)
    assert drawing.ordered(replace(shuffled, shuffle=False), seed=seed) == offered


def test_learners_get_different_orders() -> None:
    part = choose_one()
    shuffled = replace(part, choices=tuple(Choice(id=str(n), text=Text()) for n in range(8)), shuffle=True)

    assert len({drawing.ordered(shuffled, seed=str(learner)) for learner in range(50)}) > 40


@given(
    st.lists(st.integers(), unique=True, max_size=20), st.one_of(st.none(), st.integers(-1, 25)), st.text(max_size=3)
)
def test_a_pool_gives_as_many_as_it_says_in_its_order(members: list[int], draw: int | None, seed: str) -> None:
    got = drawing.drawn(members, draw=draw, pool="pool", seed=seed)

    assert len(got) == (len(members) if draw is None else min(max(draw, 0), len(members)))
    assert list(got) == [one for one in members if one in got]
    assert got == drawing.drawn(members, draw=draw, pool="pool", seed=seed)


@pytest.mark.parametrize(
    ("layout", "cut"),
    [
        ("<p>a {{part p}} b</p>", ["<p>a ", "=p", " b</p>"]),
        ("{{ part p }}{{part w}}", ["=p", "=w"]),
        ("{{part p}} {{part p}}", ["=p", " {{part p}}"]),
        ("{{part x}}", ["{{part x}}"]),
        ('<img alt="{{part p}}">{{part p}}', ['<img alt="{{part p}}">', "=p"]),
        ("<img alt='> {{part p}}'>", ["<img alt='> {{part p}}'>"]),
    ],
)
def test_a_layout_is_cut_at_its_slots(layout: str, cut: list[str]) -> None:
    wanted = tuple(Piece(part=one[1:]) if one.startswith("=") else Piece(html=one) for one in cut)

    assert preparing.pieces(layout, ["p", "w"]) == wanted


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<p>one</p>", "one"),
        ("<p>one</p>\n<p>two</p>", "one<br>two"),
        ("plain <b>bold</b>", "plain <b>bold</b>"),
        ("<pre>x</pre>", "<pre>x</pre>"),
    ],
)
def test_paragraphs_leave_a_label(html: str, line: str) -> None:
    assert preparing.in_line(html) == line


def test_quizzes_are_found_where_learners_meet_them() -> None:
    pool = Pool(id="pool", draw=1, items=(a_quiz(item="drawn"),))
    arms = Variants(
        id="arms",
        variants=(Variant(id="one", items=(a_quiz(item="first"),)), Variant(id="two", items=(a_quiz(item="second"),))),
    )
    course = a_course_of(a_quiz(item="plain"), Reading(id="text"), pool, arms, a_quiz(item="unseen", hidden=True))

    found = [(one.quiz.id, one.step_id, one.pool.id if one.pool else "", one.hidden) for one in quizzes(course)]

    assert found == [
        ("plain", "step-0", "", False),
        ("drawn", "step-2", "pool", False),
        ("first", "step-3", "", False),
        ("second", "step-3", "", True),
        ("unseen", "step-4", "", True),
    ]
