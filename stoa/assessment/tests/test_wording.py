"""Whether words are the right ones."""

# ruff: noqa: RUF001 -- parameters of tests; typographic marks are the point

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.assessment.actions.matching import matches
from stoa.assessment.rules.wording import LONGEST_PATTERN, NotLinear, linear, matched, same_words
from stoa.assessment.tests.makers import a_word
from stoa.coursedoc.model import TextAnswer, TextPart


@pytest.mark.parametrize(
    ("typed", "right", "case_sensitive", "same"),
    [
        (" while ", "while", True, True),
        ("While", "while", True, False),
        ("WHILE", "while", False, True),
        ("don’t  stop", "don't stop", True, True),
        ("„Haus“", '"haus"', False, True),
        ("STRASSE", "straße", False, True),
        ("cafe\u0301", "café", True, True),
        ("\u200bloop", "loop", True, True),
        ("ﬁle", "file", True, True),
        ("for", "while", False, False),
    ],
)
def test_words_are_compared_as_people_read_them(typed: str, right: str, case_sensitive: bool, same: bool) -> None:
    assert same_words(typed, right, case_sensitive=case_sensitive) is same


@given(st.text(), st.booleans())
def test_every_text_is_the_same_as_itself_between_spaces(text: str, case_sensitive: bool) -> None:
    assert same_words(f"  {text}\n", text, case_sensitive=case_sensitive)


@given(st.text())
def test_case_never_matters_where_it_should_not(text: str) -> None:
    assert same_words(text.casefold(), text, case_sensitive=False)


def test_nothing_typed_is_never_right() -> None:
    assert matched(a_word("w", ".*", pattern=True), "  ", linear) is None


def test_the_best_answer_that_covers_the_words_counts() -> None:
    wrong = TextAnswer(text="loop", correct=False)
    half, whole = TextAnswer(text="Loop", credit=0.5), TextAnswer(text="loop ")
    part = TextPart(id="w", answers=(wrong, half, whole))

    assert matched(part, "LOOP", linear) is whole
    assert matched(TextPart(id="w", answers=(wrong, half)), "loop", linear) is half
    assert matched(TextPart(id="w", answers=(wrong,)), "loop", linear) is wrong


@pytest.mark.parametrize(
    ("patterns", "typed", "found"),
    [
        (["colou?r"], "color", True),
        (["colou?r"], "the color", False),
        # As on edX, the anchors hold only the first and the last of several.
        (["cat", "dog"], "cat", True),
        (["cat", "dog"], "catfish", True),
        (["cat", "dog"], "hotdog", True),
        (["cat", "dog"], "bobcat", False),
        ([r"\w+"], "حلقة", True),
        ([r"\d+"], "٣٤", True),
        ([r"\D+"], "abc", True),
        ([r"[\w-]+"], "mot-clé", True),
        ([r"[^\s]+"], "one", True),
        ([r"[^\S]+"], "one", False),
        (["[]x]"], "]", True),
        (["a[[]b"], "a[b", True),
        (["[[a]+"], "[a", True),
        (["end\\Z"], "end", True),
        (["("], "(", False),
    ],
)
def test_patterns_find_what_they_find_on_edx(patterns: list[str], typed: str, found: bool) -> None:
    part = a_word("w", *patterns, pattern=True)

    assert (matched(part, typed, matches) is not None) is found


def test_a_pattern_of_half_credit_stands_alone() -> None:
    part = TextPart(id="w", pattern=True, answers=(TextAnswer(text="a+", credit=0.5), TextAnswer(text="b+")))

    half = matched(part, "aa", linear)

    assert half is not None
    assert (half.text, matched(part, "xb", linear)) == ("a+", None)


def test_a_pattern_beyond_the_bound_covers_nothing() -> None:
    assert matched(a_word("w", "x" * (LONGEST_PATTERN + 1), pattern=True), "x", linear) is None


@given(st.text(alphabet="ab", max_size=20), st.booleans())
def test_the_linear_engine_agrees_with_the_usual_one(text: str, case_sensitive: bool) -> None:
    usual = re.compile("^(a|b)*abb$", 0 if case_sensitive else re.IGNORECASE)

    assert linear("^(a|b)*abb$", text, case_sensitive) is bool(usual.search(text))


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(.*a){20}"])
def test_a_pattern_that_explodes_elsewhere_is_quick_here(pattern: str) -> None:
    before = time.process_time()

    linear(pattern, "a" * 5_000 + "!", True)

    assert time.process_time() - before < 1


def test_a_look_ahead_is_not_linear_and_runs_alone() -> None:
    pattern = "^(?=.*while)(?=.*else).*$"

    with pytest.raises(NotLinear):
        linear(pattern, "while else", True)

    assert (matches(pattern, "else, then While", False), matches(pattern, "for", False)) == (True, False)


def test_a_pattern_that_never_ends_is_killed_and_counts_as_not_found() -> None:
    before = time.monotonic()

    found = matches(r"^(?=x*)(a+)+\1b$", "a" * 40 + "!", True)

    assert found is False
    assert time.monotonic() - before < 10
