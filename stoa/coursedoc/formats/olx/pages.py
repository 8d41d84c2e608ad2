"""Pages beside the lessons, and news."""

import html
import re
from collections.abc import Iterator

from lxml import etree

from stoa.coursedoc.formats.olx.assets import Assets
from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.ids import fit
from stoa.coursedoc.formats.olx.markup import plain_words
from stoa.coursedoc.formats.olx.source import Source
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import Json, as_json, listing, mapping, word
from stoa.coursedoc.imported import Element, Fate
from stoa.coursedoc.model import Announcement, Page

ARTICLE = re.compile(r"(?i)<article>|<li>\s*(?=<h2>)")
END = re.compile(r"(?i)</article>|</li>")
HEADING = re.compile(r"(?is)^\s*<h2>(.*?)</h2>")


def tabs_of(root: Node) -> list[dict[str, Json]]:
    """The course's tabs in order, as its policy tells them."""
    return [mapping(tab) for tab in listing(as_json(root.attributes.get("tabs", "")))]


def page_ids(root: Node, source: Source) -> dict[str, str]:
    """Slug of every static tab to the id of its page."""
    return {slug: f"page-{fit(slug)}" for slug in _slugs(root, source)}


def _slugs(root: Node, source: Source) -> list[str]:
    """Tabs in the order of the policy, then those that nothing lists."""
    there = [place.removeprefix("tabs/").removesuffix(".html") for place in source.below("tabs")]
    listed = [word(tab.get("url_slug")) for tab in tabs_of(root) if tab.get("type") == "static_tab"]
    return [slug for slug in dict.fromkeys(listed) if slug in there] + [slug for slug in there if slug not in listed]


def pages(root: Node, desk: Desk) -> tuple[Page, ...]:
    """Static tabs, handouts and textbooks."""
    told = {word(tab.get("url_slug")): tab for tab in tabs_of(root) if tab.get("type") == "static_tab"}
    found = [_tab(slug, told.get(slug), desk) for slug in _slugs(root, desk.source)]
    _tell_missing(told, desk)
    handouts = _info(root, desk.source, "handouts.html")
    body = desk.source.text_of(handouts)
    if plain_words(body) or "<img" in body:
        text = desk.text(body, _at(root, handouts))
        found.append(Page(id="page-handouts", title="Handouts", text=text))
    return (*found, *_textbooks(root, desk))


def _textbooks(root: Node, desk: Desk) -> Iterator[Page]:
    """Each textbook as a page that lists its chapters."""
    told = [*_books(root, "pdf_textbooks"), *_books(root, "html_textbooks")]
    for n, book in enumerate(told, start=1):
        chapters = [mapping(chapter) for chapter in listing(book.get("chapters"))] or [book]
        named = [(word(one.get("url")), word(one.get("title")) or word(one.get("tab_title"))) for one in chapters]
        links = "".join(_chapter(url, title) for url, title in named if url)
        if links:
            text = desk.text(f"<ul>{links}</ul>", root)
            yield Page(id=f"page-textbook-{n}", title=word(book.get("tab_title")) or "Textbook", text=text)


def _books(root: Node, setting: str) -> list[dict[str, Json]]:
    return [mapping(book) for book in listing(as_json(root.attributes.get(setting, "")))]


def _chapter(url: str, title: str) -> str:
    shown = title or url.rpartition("/")[2]
    return f'<li><a href="{html.escape(url)}">{html.escape(shown)}</a></li>'


def _tab(slug: str, tab: dict[str, Json] | None, desk: Desk) -> Page:
    place = f"tabs/{slug}.html"
    page = desk.written(desk.source.text_of(place), _place(place))
    id_ = f"page-{fit(slug)}"
    fate = Fate.PARTLY if page.loss else Fate.MAPPED
    desk.elements.append(Element(tag="static_tab", id=id_, fate=fate, place=place, loss=page.loss))
    hidden = tab is None or tab.get("is_hidden") is True or tab.get("course_staff_only") is True
    if tab is None:
        desk.source.report(place, "No list of tabs names this page; it is hidden.", "Name it, or remove it.")
    title = word(tab.get("name")) if tab else ""
    return Page(id=id_, title=title or slug, text=page.text, hidden=hidden)


def _tell_missing(told: dict[str, dict[str, Json]], desk: Desk) -> None:
    for slug in told:
        if slug and f"tabs/{slug}.html" not in desk.source:
            desk.source.report(f"tabs/{slug}.html", "The list of tabs names a page that is not there.", "Put it.")


def _info(root: Node, source: Source, name: str) -> str:
    """A file below `info/`, the run's own first."""
    own = f"info/{root.name}/{name}"
    return own if own in source else f"info/{name}"


def _at(root: Node, place: str) -> Node:
    return Node(tag=root.tag, name=root.name, attributes={}, body=root.body, place=place)


def _place(place: str) -> Node:
    return Node(tag="static_tab", name=place, attributes={}, body=etree.Element("static_tab"), place=place)


def announcements(root: Node, desk: Desk) -> tuple[Announcement, ...]:
    """News, newest first: from the list where there is one, else from the page."""
    place = _info(root, desk.source, "updates.items.json")
    listed = [mapping(entry) for entry in listing(as_json(desk.source.text_of(place)))]
    shown = [entry for entry in listed if entry.get("status") != "deleted" and word(entry.get("content")).strip()]
    if listed:
        node = _at(root, place)
        return tuple(
            Announcement(
                id=f"news-{word(entry.get('id')) or n}",
                text=desk.text(word(entry.get("content")), node),
                date=word(entry.get("date")),
            )
            for n, entry in enumerate(reversed(shown), start=1)
        )
    return _from_page(root, desk)


def _from_page(root: Node, desk: Desk) -> tuple[Announcement, ...]:
    place = _info(root, desk.source, "updates.html")
    body = desk.source.text_of(place)
    if not plain_words(body):
        return ()
    node = _at(root, place)
    entries = [END.split(entry, maxsplit=1)[0] for entry in ARTICLE.split(body)[1:]] or [body]
    told = []
    for n, entry in enumerate(entries, start=1):
        heading = HEADING.match(entry)
        date = plain_words(heading[1]) if heading else ""
        told.append(Announcement(id=f"news-{n}", text=desk.text(HEADING.sub("", entry), node), date=date))
    return tuple(told)


def unused(assets: Assets) -> int:
    """How many files nothing links to."""
    return len(set(assets.files) - assets.linked)
