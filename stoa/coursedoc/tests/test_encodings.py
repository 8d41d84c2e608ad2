import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.coursedoc.encodings import decode

WORDS = "1\r\n00:00:01,000 --> 00:00:02,000\r\nCafé crème €\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encodings_that_programs_save_in_are_told_apart(encoding: str) -> None:
    text, notes = decode(WORDS.encode(encoding))

    assert text.removeprefix("\ufeff") == WORDS
    assert bool(notes) == (not encoding.startswith("utf-8"))


@given(st.text())
def test_utf_8_is_read_as_it_is(words: str) -> None:
    if "\0" not in words:
        assert decode(words.encode(errors="replace")) == (
            words.encode(errors="replace").decode().removeprefix("\ufeff"),
            (),
        )


@given(st.binary())
def test_anything_can_be_read_somehow(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)
