"""Links in every form that they really have."""

from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.markup import rewrite
from stoa.coursedoc.formats.olx.secrets_found import is_secret, without_secrets
from stoa.coursedoc.formats.olx.tests.makers import an_export, fate_of, findings_of, imported, items_of
from stoa.coursedoc.imported import Fate, Imported
from stoa.coursedoc.model import Reading

KEY = "Org+C1+r1"
STATIC = {
    "static/a.png": "x",
    "static/Lecture 1 (a).pdf": "y",
    "static/sub/deep.js": "z",
    "static/Caps.PNG": "c",
    "static/\u00e4 b.jpg": "u",
}


def told(folder: Path, link: str, **course: str) -> tuple[str, Imported]:
    inside = f'<html url_name="h"><a href="{link}">words</a></html><problem url_name="p"><p>w</p></problem>'
    given = imported(an_export(folder, inside, files={**STATIC, "tabs/faq.html": "<p>f</p>"}, **course))
    item = items_of(given)[0]
    assert isinstance(item, Reading)
    assert given.report.lost == 0
    return item.text.source.removeprefix('<a href="').partition('"')[0], given


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        ("/static/a.png", "asset:a.png"),
        ("static/a.png", "asset:a.png"),
        ("../static/a.png?v=1#top", "asset:a.png"),
        ("/static/Lecture_1__a_.pdf", "asset:Lecture_1__a_.pdf"),
        ("/static/Lecture%201%20(a).pdf", "asset:Lecture_1__a_.pdf"),
        ("/static/sub/deep.js", "asset:sub_deep.js"),
        ("/static/sub_deep.js", "asset:sub_deep.js"),
        ("/static/caps.png", "asset:Caps.PNG"),
        ("/static/%C3%A4%20b.jpg", "asset:\u00e4_b.jpg"),
        (f"/asset-v1:{KEY}+type@asset+block@a.png", "asset:a.png"),
        (f"asset-v1:{KEY}+type@thumbnail+block@a.png", "asset:a.png"),
        (f"https://lms.example/asset-v1:{KEY}+type@asset+block@a.png", "asset:a.png"),
        ("/c4x/Org/C1/asset/a.png", "asset:a.png"),
        ("https://lms.example/c4x/Other/X/asset/zz.png", "https://lms.example/c4x/Other/X/asset/zz.png"),
        ("asset-v1:Other+X+r+type@asset+block@zz.png", "asset-v1:Other+X+r+type@asset+block@zz.png"),
        ("/jump_to_id/p", "item:p"),
        ("/jump_to_id/v1", "step:v1"),
        ("/jump_to_id/s1", "lesson:s1"),
        ("/jump_to_id/c1", "lesson:s1"),
        (f"/jump_to/block-v1:{KEY}+type@vertical+block@v1", "step:v1"),
        ("/jump_to/i4x://Org/C1/problem/p", "item:p"),
        ("i4x://Org/C1/problem/p", "item:p"),
        (f"block-v1:{KEY}+type@sequential+block@s1", "lesson:s1"),
        (f"https://lms.example/courses/course-v1:{KEY}/jump_to_id/v1", "step:v1"),
        (
            "https://lms.example/courses/course-v1:A+B+C/jump_to_id/v1",
            "https://lms.example/courses/course-v1:A+B+C/jump_to_id/v1",
        ),
        (f"https://lms.example/courses/course-v1:{KEY}/courseware/c1/s1/", "lesson:s1"),
        ("/courses/Org/C1/r1/courseware/c1/s1/2", "lesson:s1"),
        (f"https://lms.example/xblock/block-v1:{KEY}+type@problem+block@p", "item:p"),
        ("/course/progress", "course:progress"),
        ("/course/faq/", "page:page-faq"),
        ("/courses/Org/C1/r1/faq", "page:page-faq"),
        ("/courses/Org/C1/r1/", "course:home"),
        ("https://example.org/courses/other", "https://example.org/courses/other"),
        ("https://www.edx.org/course/quantum", "https://www.edx.org/course/quantum"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#part", "#part"),
        ("", ""),
        ("https://forms.example/?id=%%USER_ID%%", "https://forms.example/?id="),
    ],
)
def test_a_link_becomes_the_documents_own(tmp_path: Path, link: str, becomes: str) -> None:
    link_found, given = told(tmp_path, link)

    assert link_found == becomes
    assert "not there" not in findings_of(given)


@pytest.mark.parametrize("link", ["/static/gone.png", f"/asset-v1:{KEY}+type@asset+block@gone.png", "/jump_to_id/gone"])
def test_a_link_to_nothing_is_told_of(tmp_path: Path, link: str) -> None:
    found, given = told(tmp_path, link)

    assert found in {"asset:gone.png", ""}
    assert "that is not there" in findings_of(given)


def test_a_displayed_name_finds_its_file(tmp_path: Path) -> None:
    files = {
        "static/abc.bin": "x",
        "policies/assets.json": '{"k": {"displayname": "My file.bin", "filename": "/c4x/Org/C1/asset/abc.bin"}}',
    }

    given = imported(an_export(tmp_path, '<html><img src="/static/My file.bin"/></html>', files=files))

    (item,) = items_of(given)
    assert isinstance(item, Reading)
    assert 'src="asset:abc.bin"' in item.text.source


def test_every_address_of_a_tag_is_changed_and_samples_in_words_are_not() -> None:
    source = (
        "<img src='/static/a&amp;b' alt=\"src='x'\"><a\nhref=/static/c>x</a> src=\"/static/d\" "
        '&lt;img src="/static/e"&gt; <img srcset="/static/f 1x, /static/g 2x"> <p title="a > b" data-src="q">'
    )

    assert rewrite(source, lambda address: address.replace("/static/", "asset:")) == (
        '<img src="asset:a&amp;b" alt="src=\'x\'"><a\nhref="asset:c">x</a> src="/static/d" '
        '&lt;img src="/static/e"&gt; <img srcset="asset:f 1x, asset:g 2x"> <p title="a > b" data-src="q">'
    )


@pytest.mark.parametrize(
    ("html", "becomes", "loss"),
    [
        ("<p>plain</p>", "<p>plain</p>", ""),
        ("<style>p{}</style><link rel='x'><p>a</p>", "<p>a</p>", "styles of its own dropped"),
        ("<p>a</p><script>alert('<p>')</script>", "<p>a</p>", "scripts dropped"),
        ('<p onclick="x()">a</p>', '<p onclick="x()">a</p>', "scripts dropped"),
        ('<a title="see onclick=y">a</a>', '<a title="see onclick=y">a</a>', ""),
        (
            '<iframe src="//video.example/1" title="Talk"></iframe>',
            '<p><a href="https://video.example/1">Talk</a></p>',
            "frames became links",
        ),
        (
            '<object data="/static/a.png"><p>else</p></object>',
            '<p><a href="asset:a.png">a.png</a></p><p>else</p>',
            "frames became links",
        ),
        ('<iframe src="javascript:x"></iframe>', "", "frames became links"),
        (
            '<a href="https://x.example/"><button>Hear</button></a>',
            '<a href="https://x.example/"><button>Hear</button></a>',
            "",
        ),
        ("<form><button>Ask</button></form>", "<form><button>Ask</button></form>", "form fields dropped"),
        ("<html><head><title>T</title></head><body><p>a</p></body></html>", "<p>a</p>", ""),
        ("\\(a<b\\) and [mathjax]x[/mathjax]", "\\(a&lt;b\\) and \\[x\\]", ""),
    ],
)
def test_pages_say_what_they_lose(tmp_path: Path, html: str, becomes: str, loss: str) -> None:
    files = {"html/h.xml": '<html filename="h" editor="raw"/>', "html/h.html": html, "static/a.png": "x"}

    given = imported(an_export(tmp_path, '<html url_name="h"/>', files=files))

    (item,) = items_of(given)
    (element,) = fate_of(given, "html")
    assert isinstance(item, Reading)
    assert (item.text.source, element.loss) == (becomes, loss)
    assert element.fate is (Fate.PARTLY if loss else Fate.MAPPED)


def test_a_page_whose_text_is_missing_is_empty_and_told_of(tmp_path: Path) -> None:
    given = imported(an_export(tmp_path, '<html url_name="h" filename="gone"/>'))

    assert "html/gone.html is not there" in findings_of(given)
    assert fate_of(given, "html")[0].fate is Fate.PARTLY


def test_a_git_link_stored_as_text_is_told_of(tmp_path: Path) -> None:
    given = imported(an_export(tmp_path, files={"static/python_lib.zip": "../../python_lib.zip"}))

    assert "a link that was stored as text" in findings_of(given)


@pytest.mark.parametrize("name", ["lti_passports", "xqa_key", "client_secret", "PASSWORD", "api_key", "google_api_key"])
def test_names_of_credentials_are_known(name: str) -> None:
    assert is_secret(name)


def test_credentials_inside_of_lists_are_cut_out() -> None:
    assert without_secrets('{"a": 1, "b": [{"secret": "x"}]}') == '{"a": 1, "b": [{}]}'
    assert without_secrets('["page=2", "api_key=abc"]') == '["page=2"]'
    assert without_secrets("plain") == "plain"


def test_credentials_never_reach_the_document_or_the_report(tmp_path: Path) -> None:
    inside = (
        '<gradefetcher url_name="g" client_secret="hunter2" password="hunter2" title="T"/><done xqa_key="hunter2"/>'
    )
    policy = '{"course/r1": {"lti_passports": ["a:hunter2:hunter2"], "mobile": {"token": "hunter2"}}}'
    files = {"policies/r1/policy.json": policy}

    given = imported(an_export(tmp_path, inside, files=files))

    assert "hunter2" not in repr(given.course)
    assert "hunter2" not in repr(given.report)
    assert findings_of(given).count("A credential was found") == 5


def test_pictures_of_other_sites_are_told_of_once_a_page(tmp_path: Path) -> None:
    files = {"static/own.png": "x"}
    outside = '<img alt="a" src="https://x.example/1.png"/><img src="//x.example/2.png"/>'

    told = findings_of(imported(an_export(tmp_path / "outside", f"<html>{outside}</html>", files=files)))
    untold = findings_of(
        imported(an_export(tmp_path / "own", '<html><img src="/static/own.png"/></html>', files=files))
    )

    assert told.count("pictures lie on other sites") == 1
    assert "pictures lie" not in untold


def test_a_key_with_a_slash_before_the_name_is_an_asset(tmp_path: Path) -> None:
    link = "https://cdn.example/assets/courseware/v1/0a/asset-v1:Org+C1+r1+type@asset+block/a.pdf?x=1"

    given = imported(an_export(tmp_path, f'<html><a href="{link}">a</a></html>', files={"static/a.pdf": "x"}))

    (page,) = items_of(given)
    assert isinstance(page, Reading)
    assert page.text.source == '<a href="asset:a.pdf">a</a>'
