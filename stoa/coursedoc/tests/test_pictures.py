from stoa.coursedoc.model import Markup, Text
from stoa.coursedoc.rendering import render


def html(source: str) -> str:
    return render(Text(source=source, markup=Markup.HTML), links=lambda address: address)


def test_a_picture_on_another_site_becomes_a_link_to_it() -> None:
    assert html('<p>See <img src="https://e.org/a.png" alt="a cat">.</p>') == (
        '<p>See <a href="https://e.org/a.png" rel="noopener">a cat</a>.</p>'
    )


def test_a_picture_on_another_site_inside_a_link_leaves_its_words() -> None:
    assert html('<p><a href="https://e.org/by"><b><img src="https://e.org/88x31.png" alt=""></b></a></p>') == (
        '<p><a href="https://e.org/by" rel="noopener"><b>88x31.png</b></a></p>'
    )
