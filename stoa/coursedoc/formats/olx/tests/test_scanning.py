"""Scanning HTML: nothing changes that should not, and nothing takes for ever."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.coursedoc.formats.olx.markup import plain_words, rewrite
from stoa.coursedoc.formats.olx.scanning import change_spans, change_tags

SNIPPETS = st.lists(
    st.sampled_from(
        ["<a ", "href=", '"x"', "'y'", '"', "'", ">", "<", "</a>", "<img src=b>", "words ", "\\(", "\\)", "=", "\n"]
    ),
    max_size=40,
).map("".join)


@given(SNIPPETS)
def test_a_text_whose_tags_stay_stays(source: str) -> None:
    assert change_tags(source, lambda tag: tag) == source


@given(SNIPPETS)
def test_a_text_whose_spans_stay_stays(source: str) -> None:
    def same(mark: re.Match[str], inside: str | None) -> str:
        return mark[0] if inside is None else f"{mark[0]}{inside}\\)"

    assert change_spans(source, re.compile(r"\\\("), re.compile(r"\\\)"), same) == source


@given(SNIPPETS)
def test_rewriting_twice_is_rewriting_once(source: str) -> None:
    once = rewrite(source, lambda address: f"asset:{address.removeprefix('asset:')}")

    assert rewrite(once, lambda address: f"asset:{address.removeprefix('asset:')}") == once


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", '<a b="', "<script>", "<iframe src='", "\\(", "<link ", "[mathjax]", "<title>", "<a b='\"", "= "],
)
def test_hostile_repetition_is_quick(piece: str) -> None:
    source = piece * 20_000

    assert isinstance(rewrite(source, str.upper), str)
    assert isinstance(plain_words(source), str)
