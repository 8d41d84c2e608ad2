"""HTML that was written for other platforms: no word of it is lost, and names of pictures are no words."""

import pytest

from stoa.coursedoc.model import Markup, Text
from stoa.coursedoc.rendering import render


def html(source: str) -> str:
    return render(Text(source=source, markup=Markup.HTML), links=lambda address: address)


@pytest.mark.parametrize("tag", ["text", "set", "line", "pattern", "view", "use", "g", "desc", "semantics", "Symbol"])
def test_words_in_elements_of_drawings_outside_of_drawings_stay(tag: str) -> None:
    assert html(f'<{tag} x="a>b"><p>Words <{tag}>inside</{tag}>.</p></{tag}>') == "<p>Words inside.</p>"


def test_words_that_only_begin_like_such_elements_stay() -> None:
    assert html("<p>a &lt;text&gt; b<textile>c</textile> \\(x<y\\)</p>").startswith("<p>a &lt;text&gt; bc <math")


def test_a_drawing_goes_with_its_words() -> None:
    assert html("<p>a<svg><text>label</text><line/></svg>b</p>") == "<p>ab</p>"


@pytest.mark.parametrize(
    ("icon", "shown"),
    [("menu_book", ""), ("check", "✓"), ("close", "✗")],
)
def test_a_word_that_a_font_would_draw_is_drawn_or_left_out(icon: str, shown: str) -> None:
    source = (
        f'<p><i class="material-icons md-18">{icon}</i><span class="material-symbols-outlined">{icon}</span> Go</p>'
    )

    assert html(source) == f"<p>{shown}{shown} Go</p>"


def test_words_that_are_only_slanted_stay() -> None:
    assert html("<p><i>check</i></p>") == "<p><i>check</i></p>"
