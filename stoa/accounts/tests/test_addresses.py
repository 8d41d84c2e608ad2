"""Addresses and names as they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.accounts.rules import addresses, names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada@Post.Example", "ada@post.example"),
        ("  ada+mooc@post.example ", "ada+mooc@post.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert addresses.tidy(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "ada@",
        "@post.example",
        "ada@post@example@",
        "m\u0131ke@post.example",
        "mi\u212ae@post.example",
        "ada\n@post.example",
        "ada@post.example\nbcc: all",
        "ada@post.example,bo@post.example",
        "ada <ada@post.example>",
        "a" * 65 + "@post.example",
        "ada@" + "a" * 300 + ".example",
        "ada@post..example",
        "ada@\u200bpost.example\x00",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(addresses.AddressRefused):
        addresses.tidy(typed)


@given(st.text(max_size=80))
def test_a_tidy_address_stays_as_it_is(typed: str) -> None:
    try:
        once = addresses.tidy(f"{typed}@post.example")
    except addresses.AddressRefused:
        return
    assert addresses.tidy(once) == once
    assert once.isascii()
    assert once.isprintable()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t Okafor ", "Ada Okafor"),
        ("A\u202eda", "Ada"),
        ("\u0646\u0648\u0631", "\u0646\u0648\u0631"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("Bo\x00", "Bo"),
        ("<b>Bo</b>", "<b>Bo</b>"),
    ],
)
def test_a_name_stands_in_one_line_and_hides_nothing(typed: str, kept: str) -> None:
    assert names.tidy(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\u200d\u200c", "a" * 81])
def test_a_name_that_does_not_show_is_refused(typed: str) -> None:
    with pytest.raises(names.NameRefused):
        names.tidy(typed)


@given(st.text(max_size=100))
def test_a_tidy_name_stays_as_it_is(typed: str) -> None:
    try:
        once = names.tidy(typed)
    except names.NameRefused:
        return
    assert names.tidy(once) == once
    assert len(names.initials(once)) <= 4
