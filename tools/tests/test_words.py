"""What visitors read: in the insider's words, and in every language of the site."""

import pytest

from tools import messages, words


@pytest.mark.req("R035")
def test_no_page_speaks_the_words_of_outsiders() -> None:
    assert [shown for shown in words.shown_words() if words.outsiders(shown)] == []


@pytest.mark.req("R035")
@pytest.mark.parametrize("word", words.PAIRS)
def test_each_outsider_word_would_be_found(word: str) -> None:
    assert words.outsiders(f"Your {word}s are here.") == [word]
    assert words.outsiders(f"Your {words.PAIRS[word]}s are here.") == []


def test_arabic_keeps_every_place_for_a_name_or_number() -> None:
    kept = messages.read()

    broken = [error for _message, errors in kept.check() for error in errors]

    assert broken == []


def test_every_word_on_screen_is_said_in_arabic() -> None:
    assert messages.lacking(messages.on_screen(messages.ROOT / "stoa"), messages.read()) == []
