"""What a reviewer is told about a comment before it is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.queries.advice import advice
from stoa.peer_review.rules.comments.checking import Around, Lack, Remark, may_be_hidden, remarks
from stoa.peer_review.rules.likeness import contained, likeness, most_alike, quotes, words

AROUND = Around(
    work="Strip the commas before counting. I count words with a Counter and print the five most common ones.",
    rubric=("How well is the code explained? Every step has a reason.",),
    earlier=("Your use of a Counter is neat because it needs one line only.",),
)


def lacks(text: str, *, required: bool = True) -> list[Lack]:
    return [remark.lack for remark in remarks(text, required=required, around=AROUND)]


@pytest.mark.req("R039")
@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("", Lack.EMPTY),
        (" \n\t ", Lack.EMPTY),
        ("good", Lack.SHORT),
        ("Well done, nice!", Lack.SHORT),
        ("很好", Lack.SHORT),
        ("هذا عمل جيد", Lack.SHORT),
        ("!!!! ???", Lack.NO_WORDS),
        ("12345 67890 1 2 3 4", Lack.NO_WORDS),
        ("asdfasdfasdfasdfasdf asdf as df", Lack.NO_WORDS),
        ("gooooooooooooooood work on all of this", Lack.NO_WORDS),
        ("very very very very very very", Lack.NO_WORDS),
        ("your use of a counter is NEAT, because it needs one line only!", Lack.REPEATED),
        ("How well is the code explained: every step has a reason", Lack.COPIED),
    ],
)
def test_a_comment_without_substance_is_refused(text: str, lack: Lack) -> None:
    found = remarks(text, required=True, around=AROUND)

    assert [remark.lack for remark in found] == [lack]
    assert found[0].refuses


@pytest.mark.req("R039")
@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("Good job! Could be better in places.", Lack.VAGUE),
        ("I think it is nice, well done and thanks for the good work!", Lack.VAGUE),
        ("Sehr gut gemacht und schön geschrieben", Lack.VAGUE),
        ("You are stupid and line 4 shows that", Lack.UNKIND),
        ("The Counter in line 2 works, but honestly this is pure garbage", Lack.UNKIND),
        ("WHY DO YOU PRINT FIVE COMMON WORDS AND NOT TEN", Lack.SHOUTED),
        ("Why do you print the five most common words???", Lack.SHOUTED),
    ],
)
def test_a_comment_that_could_help_more_gets_advice_and_may_go(text: str, lack: Lack) -> None:
    found = remarks(text, required=True, around=AROUND)

    assert [remark.lack for remark in found] == [lack]
    assert not found[0].refuses


@pytest.mark.parametrize(
    "text",
    [
        "Stripping the commas before counting is the clever part; next step: put the counting into a function.",
        "The garbage collector is explained well, and so is lazy evaluation of generators.",
        "The loop in line 12 reads the file twice",
        "Gut ist, dass die Kommas vor dem Zählen verschwinden; als Nächstes könnte eine Funktion daraus werden",
        "Me gusta que el Counter lo haga en una sola línea, pero falta explicar por qué quitas las comas antes",
        "数える前にコンマを取り除いているのが上手です。次は関数にしてみましょう",
        "أعجبني أنك حذفت الفواصل قبل العد، والخطوة التالية أن تضع العد في دالة مستقلة",
        'You write "you are stupid" in the example; a friendlier sentence would do',
        "This sentence is terribly long, and the Counter could be shown earlier",
    ],
)
def test_a_comment_about_this_work_goes_as_it_is(text: str) -> None:
    assert lacks(text) == []


def test_a_comment_that_is_not_asked_for_may_be_left_empty_but_not_be_short() -> None:
    assert lacks("", required=False) == []
    assert lacks("ok", required=False) == [Lack.SHORT]


def test_words_that_hurt_are_named_even_in_a_comment_that_is_refused() -> None:
    found = remarks("you idiot", required=True)

    assert found == (Remark(lack=Lack.SHORT), Remark(lack=Lack.UNKIND, about="idiot"))
    assert may_be_hidden("you idiot")
    assert not may_be_hidden("Nice garbage collector")


@pytest.mark.parametrize("lack", Lack)
def test_every_remark_says_what_to_do(lack: Lack) -> None:
    said = str(advice(Remark(lack=lack, about="this is junk" if lack is Lack.UNKIND else "")))

    assert len(said.split()) > 6
    assert "%(" not in said


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    found = remarks(text, required=True, around=AROUND)

    assert all(isinstance(remark.lack, Lack) for remark in found)
    assert found == remarks(text, required=True, around=AROUND)


@given(st.text(alphabet=st.characters(categories=["L", "Zs"]), max_size=200))
def test_a_text_is_like_itself_and_its_parts_are_contained(text: str) -> None:
    if len(words(text)) < 2:
        return

    assert likeness(text, text) == contained(text, text) == most_alike(text, ["", text]) == 1.0
    assert contained(text, f"{text} and more") == 1.0


def test_a_quotation_is_found_with_and_without_marks() -> None:
    assert quotes("I like “commas before”", AROUND.work)
    assert quotes("to strip the commas before counting is right", AROUND.work)
    assert not quotes('The word "semicolon" is missing', AROUND.work)
    assert not quotes("the commas", AROUND.work)
