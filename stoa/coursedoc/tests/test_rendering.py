import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stoa.coursedoc.model import Markup, Text
from stoa.coursedoc.rendering import addresses, plain, render


def links(address: str) -> str | None:
    return None if address.startswith("item:gone") else address.replace("asset:", "/media/1/")


def md(source: str) -> str:
    return render(Text(source=source), links=links, prefix="t-")


def html(source: str) -> str:
    return render(Text(source=source, markup=Markup.HTML), links=links, prefix="t-")


class Watcher(HTMLParser):
    """Keeps what a browser could run."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "object", "embed", "svg", "form", "base", "meta", "link"}:
            self.live.append(tag)
        for name, value in attrs:
            written = "".join((value or "").split()).lower()
            if name.startswith("on") or name in {"style", "srcdoc"} or written.startswith(("javascript:", "vbscript:")):
                self.live.append(f"{name}={value}")
            if name == "id" and value:
                self.ids.append(value)


def watched(written: str) -> Watcher:
    watcher = Watcher()
    watcher.feed(written)
    return watcher


pieces = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td colspan=3 rowspan=2>", "</table>", "<li>", "<ul>"),
        *("<a href=' java\nscript:x'>", "<a id=x href=#x>", "</a>", "<img src=x onerror=y>", "<svg><script>", "<math>"),
        *(
            "<script>x</script>",
            "<style>x</style>",
            "<iframe srcdoc=x>",
            "<!--",
            "-->",
            "\\(a<b\\)",
            "$$",
            "\\[",
            "\\]",
        ),
        *(
            "<h1>",
            "<h4>",
            "</h4>",
            "<details>",
            "<dl>",
            "<dt>",
            "<dd>",
            "<pre><code class=python>",
            "</pre>",
            "&#xE000;0&#xE001;",
        ),
        *(
            "```js\n",
            "\n```\n",
            "[x](javascript:y)",
            "![a](data:text/html,x)",
            "\n\n",
            "| a | b |\n|---|---|\n",
            "x",
            " ",
            "<noscript>",
        ),
        *(
            "<figure>",
            "<figcaption>",
            "<ruby>a<rt>b</ruby>",
            "<summary>",
            "<template>",
            "<textarea>",
            "<object data=x>",
            "\x00",
        ),
    ]
)
sources = st.lists(st.one_of(pieces, st.text(max_size=4)), max_size=25).map("".join)


@settings(max_examples=40, deadline=None)
@given(sources, st.sampled_from(Markup))
def test_nothing_on_the_page_can_run_and_no_id_is_there_twice(source: str, markup: Markup) -> None:
    page = watched(render(Text(source=source, markup=markup), links=lambda address: address))

    assert page.live == []
    assert len(page.ids) == len(set(page.ids))


@settings(max_examples=40, deadline=None)
@given(sources, st.sampled_from(Markup))
def test_safe_html_made_safe_again_stays_as_it_is(source: str, markup: Markup) -> None:
    written = render(Text(source=source, markup=markup), links=lambda address: address, prefix="t-")

    plain(Text(source=source, markup=markup))
    assert watched(html(written)).live == []


def test_markdown_becomes_html_below_the_heading_of_the_page() -> None:
    assert md("# One\n\nSome *words*.\n\n### Deeper\n\n## Back") == (
        "<h2>One</h2>\n<p>Some <em>words</em>.</p>\n<h3>Deeper</h3>\n<h3>Back</h3>"
    )
    assert render(Text(source="# One"), links=links, top=4) == "<h4>One</h4>"


def test_formulas_are_mathml_and_lone_dollars_are_money() -> None:
    assert md(r"\(a<b\) for $5 or $6") == (
        '<p><math display="inline"><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math> for $5 or $6</p>'
    )
    assert html(r"\(a<b\)") == '<math display="inline"><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>'


@pytest.mark.parametrize(
    "source", [r"\[x\]", "[mathjax]x[/mathjax]", "$$x$$", "$$\nx\n$$", "- \\[x\\]", r"\begin{align}x\end{align}"]
)
def test_every_way_to_write_a_formula_apart(source: str) -> None:
    assert '<math display="block">' in md(source)
    assert '<math display="block">' in html(source)


def test_formulas_in_the_line_of_old_courses_are_read_too() -> None:
    assert '<math display="inline">' in html("a [mathjaxinline]x<br>&lt; 3[/mathjaxinline]")
    assert '<math display="inline">' in md("a [mathjaxinline]x[/mathjaxinline]")
    assert '<math display="inline">' in md("<div>\n\\(x\\)\n</div>")


def test_narrow_spaces_are_told_in_a_unit_of_mathml() -> None:
    assert 'width="-0.5em"' in md(r"\(a\hspace{-9mu}b\)")


def test_html_in_markdown_keeps_its_formulas() -> None:
    assert md("<div>\n\\(x\\)\n</div>\n\n<p>\\(y\\)").count("<math") == 2
    assert md("a\n$$x$$\nb\n\n> $$y$$").count('display="block"') == 2


def test_a_formula_that_does_not_end_its_line_stays_in_its_paragraph() -> None:
    assert md("$$x$$ and more").endswith(" and more</p>")
    assert md("\\[ open\n\nend") == "<p>[ open</p>\n<p>end</p>"
    assert md("    $$x$$") == '<pre tabindex="0" dir="ltr"><code>$$x$$\n</code></pre>'


@pytest.mark.parametrize("tex", [r"\frac{", r"\unheardof{x}"])
def test_a_formula_that_nobody_can_read_is_shown_as_code(tex: str) -> None:
    assert md(rf"\({tex}\)") == f"<p><code>{tex}</code></p>"


def test_formulas_in_code_are_code() -> None:
    assert md(r"`\(x\)`") == r"<p><code>\(x\)</code></p>"
    assert html(r"<code>\(x\)</code>") == r"<code>\(x\)</code>"


def test_code_is_marked_with_four_classes() -> None:
    assert md('```python\ndef f(x):  # c\n    return "s" + 1\n```') == (
        '<pre tabindex="0" dir="ltr"><code><span class="k">def</span> <span class="n">f</span>(x):  '
        '<span class="c"># c</span>\n    <span class="k">return</span> <span class="s">"s"</span> + '
        '<span class="s">1</span>\n</code></pre>'
    )


def test_code_of_no_known_language_stays_plain() -> None:
    assert md("```klingon\nx < y\n```") == '<pre tabindex="0" dir="ltr"><code>x &lt; y\n</code></pre>'
    assert html("<pre>a<br>b <b>c</b></pre>") == '<pre tabindex="0" dir="ltr"><code>a\nb <b>c</b></code></pre>'
    assert html("<pre>a<code>b</code></pre>") == '<pre tabindex="0" dir="ltr"><code>ab</code></pre>'
    assert html("<pre class='brush: js'> </pre>") == ""
    assert html("<pre>a<pre>b</pre></pre>") == '<pre tabindex="0" dir="ltr"><code>ab</code></pre>'
    assert '<span class="k">let</span>' in html("<pre class='brush: js;'>let a;</pre>")


def test_tables_scroll_by_themselves_and_have_even_rows() -> None:
    assert md("| a | b |\n|--:|---|\n| 1 | 2 |") == (
        '<div tabindex="0" class="scroll-x"><table><thead><tr><th class="end">a</th><th>b</th></tr></thead>'
        '<tbody><tr><td class="end">1</td><td>2</td></tr></tbody></table></div>'
    )
    assert html("<table border=1><caption>C</caption><tr><th>a<td rowspan=5>b<tr><th scope=row>c<th><tr>x</table>") == (
        'x<div tabindex="0" role="group" aria-labelledby="t-t1" class="scroll-x"><table><caption id="t-t1">C</caption>'
        '<tbody><tr><th>a</th><td rowspan="2">b</td><td></td></tr>'
        '<tr><th scope="row">c</th><td></td></tr></tbody></table></div>'
    )


def test_overlapping_cells_stand_alone() -> None:
    assert html("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c</table>").count("span=") == 0
    assert html("<table><tr><td colspan=2>a<td>b<tr><td colspan=3>c</table>").count("<td></td>") == 1
    assert html("<table><caption>Only words</caption></table>") == "<p>Only words</p>"
    assert html("<table><caption><h2>Big</h2></caption><tr><th>a</table>") == (
        "<div><h2>Big</h2></div>"
        '<div tabindex="0" class="scroll-x"><table><tbody><tr><td>a</td></tr></tbody></table></div>'
    )


def test_pictures_load_late_and_have_an_alternative() -> None:
    assert md("![A pillar](asset:p.png){width=30}") == (
        '<p><img src="/media/1/p.png" alt="A pillar" width="30" loading="lazy" decoding="async"></p>'
    )
    assert html("<img src=x.png width=50% height=20px>") == (
        '<img src="x.png" alt="" height="20" loading="lazy" decoding="async">'
    )
    assert html("<img alt='Just words'>") == "Just words"


def test_small_pictures_may_be_written_out() -> None:
    small = "data:image/png;base64,iVBORw0KGgo="

    assert html(f"<img src='{small}'>") == f'<img src="{small}" alt="" loading="lazy" decoding="async">'
    for refused in (
        "data:image/svg+xml;base64,aaaa",
        "data:image/png;base64,aaaaa",
        "data:image/png;base64," + "A" * 400_000,
    ):
        assert html(f"<img src='{refused}'>") == ""


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://e.org/a b?q=[1]#f g", "https://e.org/a%20b?q=%5B1%5D#f%20g"),
        ("//E.org", "https://e.org"),
        ("/rooted", "/rooted"),
        ("mailto:a b@e.org?subject=x", "mailto:a%20b@e.org?subject=x"),
        ("100%", "100%25"),
    ],
)
def test_addresses_are_spelled_right(address: str, written: str) -> None:
    outside = ' rel="noopener"' if written.startswith("http") else ""

    assert html(f'<a href="{address}">x</a>') == f'<a href="{written}"{outside}>x</a>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        "http://",
        "http:x",
        "http://a b/",
        "http://[",
        "http://e.org:x",
        "http://e.org:99999",
        "mailto:",
        "",
        "ftp://e.org",
        "item:gone",
        "#nowhere",
        "http://u:p@e.org",
        "http://e.org:8a",
    ],
)
def test_addresses_that_lead_nowhere_leave_their_words(address: str) -> None:
    assert html(f'<a href="{address}">words</a>') == "words"


@pytest.mark.parametrize("address", ["http://[", "https://e.org:x", "https://e.org:99999", "//a b", "  ", "x:y"])
def test_a_spelling_that_no_browser_knows_is_no_address(address: str) -> None:
    assert addresses.tidy(address) is None


def test_an_address_may_be_a_question_or_a_place_on_the_page() -> None:
    assert addresses.tidy("?page=2#end") == "?page=2#end"
    assert addresses.tidy("tel:+34 1") == "tel:+34%201"


def test_links_inside_a_text_keep_their_target_under_a_safe_name() -> None:
    assert (
        html("<a href=#top>up</a><p id=top>x</p><p id=other>y</p>") == '<a href="#t-1">up</a><p id="t-1">x</p><p>y</p>'
    )
    assert html("<a name=here></a><a href=#here>to</a>") == '<span id="t-1"></span><a href="#t-1">to</a>'
    assert md("x[^1]\n\n[^1]: Note").count('id="t-') == 2


def test_a_picture_alone_in_a_link_names_the_link() -> None:
    assert 'alt="plan.pdf"' in html("<a href=/files/plan.pdf><img src=i.png></a>")
    assert html("<a href=/x> </a><a href=/x><details>y</details></a>") == "<details><summary>…</summary>y</details>"


def test_frames_are_shown_of_hosts_on_the_list_and_else_are_links() -> None:
    source = Text(
        source="<iframe src=https://e.org/1></iframe><iframe src=https://e.org/2></iframe>", markup=Markup.HTML
    )

    framed = render(source, links=links, frames=frozenset({"e.org"}))

    assert framed.count("<iframe ") == 2
    assert 'title="e.org"' in framed
    assert 'title="e.org 2"' in framed
    assert render(source, links=links).startswith('<a href="https://e.org/1" rel="noopener">e.org</a>')
    assert html("<iframe src='javascript:x'></iframe>") == ""


def test_films_become_links_and_sounds_are_played_here() -> None:
    assert html("<video><source src=asset:a.mp4>old</video>") == '<a href="/media/1/a.mp4">a.mp4</a>'
    assert html("<audio src=a.mp3></audio>") == '<audio controls="" preload="none" src="a.mp3"></audio>'
    assert html("<video></video><audio></audio>") == ""
    assert html("<object data='https://e.org'></object>") == '<a href="https://e.org" rel="noopener">e.org</a>'


def test_obsolete_elements_find_their_heirs() -> None:
    assert html("<center><font size=7>A</font></center><strike>b</strike><u>c</u><tt>d</tt>") == (
        '<div class="middle">A</div><s>b</s><em>c</em><code>d</code>'
    )
    assert (
        html("<acronym title=' As  soon '>ASAP</acronym><abbr>x</abbr>")
        == '<abbr title="As soon">ASAP</abbr><abbr>x</abbr>'
    )


def test_what_scripts_would_unfold_can_be_read() -> None:
    assert (
        html("<div style='display:none' class=x hidden onclick=y>Answer</div><script>z</script>") == "<div>Answer</div>"
    )


def test_blocks_stand_where_blocks_may_stand() -> None:
    assert html("<b><p>a</p></b><h2><div>b</div></h2><h3><table><tr><td>c</table></h3>") == (
        "<p>a</p><h2> b </h2>"
        '<div><div tabindex="0" class="scroll-x"><table><tbody><tr><td>c</td></tr></tbody></table></div></div>'
    )
    assert html("<p><a href=/x><legend>a</legend></a></p>") == '<div><a href="/x"><p>a</p></a></div>'
    assert html("<h2> </h2><h2><img src=i.png></h2>") == '<img src="i.png" alt="" loading="lazy" decoding="async">'
    assert html("<pre><p>a</p></pre>") == '<pre tabindex="0" dir="ltr"><code>a</code></pre>'


def test_lists_hold_items_and_items_stand_in_lists() -> None:
    assert html("<li>a</li> <li>b</li>c") == "<ul><li>a</li><li>b</li></ul>c"
    assert html("<ul>a<li>b<ul><li>c</ul></ul><ul><li>d</li><ul><li>e</ul></ul>") == (
        "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ul><li>d<ul><li>e</li></ul></li></ul>"
    )
    assert html("<ol start=3 type=a reversed><li value=9>x</ol><ul><li value=2>y</ul>") == (
        '<ol reversed="" start="3" type="a"><li value="9">x</li></ol><ul><li>y</li></ul>'
    )
    assert html("<dl><dt><h2>a</h2>b<dd>c</dl><dl><dd>d</dl><dt>e</dt>") == (
        "<dl><dt><p>a</p>b</dt><dd>c</dd></dl><div><div>d</div></div><div>e</div>"
    )


def test_captions_summaries_and_readings_of_words_are_in_their_place() -> None:
    assert html("<figure><figcaption>a</figcaption>x<figcaption>b</figcaption></figure>") == (
        "<figure>x<div>b</div><figcaption>a</figcaption></figure>"
    )
    assert html("<details>x<summary><p>a <a href=/b>b</a></p></summary><summary>c</summary></details>") == (
        "<details><summary> a b </summary>x<div>c</div></details>"
    )
    assert html("<ruby>a<rt>b</rt></ruby><ruby><rt>c</rt>d</ruby><ruby></ruby>") == "<ruby>a<rt>b</rt></ruby>cd"
    assert html("<th><h2>x") == "<h2>x</h2>"
    assert html("<table><tr><th><h2>x</h2><td>y</table>").count("<p>x</p>") == 1


def test_languages_and_directions_are_spelled_right() -> None:
    assert html("<p lang=EN_us>a<p lang=xx>b<p dir=RTL>c<bdo>d</bdo>") == (
        '<p lang="en">a</p><p>b</p><p dir="rtl">c<bdi>d</bdi></p>'
    )
    assert html("<p>سلام</p><p>Hi</p>") == '<p dir="auto">سلام</p><p dir="auto">Hi</p>'


def test_very_deep_pages_are_flattened_and_no_word_is_lost() -> None:
    assert "deep" in html("<div>" * 5000 + "deep")


def test_plain_words_for_search_and_summaries() -> None:
    assert plain(Text(source="# One\n\nTwo  \\(a<b\\) ![three](x.png)\n\n- four\n- five")) == (
        "One\nTwo a<b three\nfour\nfive"
    )
    assert plain(Text(source="a&#xE000;9&#xE001;<script>x</script>b", markup=Markup.HTML)) == "ab"


def test_a_page_of_a_kilobyte_takes_milliseconds() -> None:
    source = Text(source="<p>" + "Some words and <b>bold</b> ones. " * 30, markup=Markup.HTML)
    started = time.process_time()

    for _ in range(10):
        render(source, links=links)

    assert time.process_time() - started < 0.2
