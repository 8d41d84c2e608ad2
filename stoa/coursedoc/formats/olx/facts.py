"""What holds for the whole course: names, dates, people, licence."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.links import CourseKey
from stoa.coursedoc.formats.olx.markup import plain_words
from stoa.coursedoc.formats.olx.policy import hours_of
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import (
    Json,
    as_json,
    flag,
    listing,
    mapping,
    plain,
    real_moment,
    word,
)
from stoa.coursedoc.formats.olx.xml import source_of, tag_of
from stoa.coursedoc.imported import Element, Fate
from stoa.coursedoc.model import Instructor, Text
from stoa.coursedoc.model.texts import Kept

USED = (
    "org", "course", "language", "start", "end", "enrollment_start", "enrollment_end", "self_paced", "course_image",
    "instructor_info", "learning_info", "license", "tabs", "library", "xml_attributes", "due",
    "pdf_textbooks", "html_textbooks",
)  # fmt: skip  # a table, read by its rows
LICENCES = {"all-rights-reserved": "All rights reserved"}
CREATIVE_COMMONS = re.compile(r"creative-commons:\s*(?:ver=([\d.]+))?\s*((?:BY|NC|ND|SA|\s)*)$")
MARKS = re.compile(r"[\u0300-\u036f]")
"""Accents, once they are taken off their letters."""
NUMBER = re.compile(r"\d+")
LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
SUMMARY = 500
MOST_WEEKS = 200


def key_of(root: Node, folder: str) -> CourseKey:
    """Which course this is: organisation, number and run."""
    told = root.attributes
    number = told.get("course") or (told.get("library") if root.tag == "library" else "") or folder or "course"
    return CourseKey(org=told.get("org") or "edx", course=number, run=root.name)


def slug_of(key: CourseKey) -> str:
    """The course's slug: its number, never the run alone; letters that an address can't hold are told apart."""
    number = unicodedata.normalize("NFKD", key.course.lower())
    plain = re.sub(r"[^a-z0-9]+", "-", MARKS.sub("", number)).strip("-")
    if not any(letter.isalnum() and not letter.isascii() for letter in number):
        return plain or "course"
    return f"{plain or 'course'}-{hashlib.sha256(key.course.encode()).hexdigest()[:8]}"


def language_of(root: Node) -> str:
    """The language that the course says it is in; empty where it doesn't."""
    told = plain(root.attributes.get("language")).replace("_", "-")
    return told if LANGUAGE.match(told) else ""


def groups_of(root: Node) -> dict[str, list[str]]:
    """Partitions of the learners, each with its groups in order."""
    partitions = [mapping(one) for one in listing(as_json(root.attributes.get("user_partitions", "")))]
    return {
        word(one.get("id")): [word(mapping(group).get("id")) for group in listing(one.get("groups"))]
        for one in partitions
    }


class Facts:
    """The course's facts, read from its attributes, its policy and the files below `about/`."""

    def __init__(self, root: Node, desk: Desk) -> None:
        self.root, self.desk = root, desk
        told = root.attributes
        self.title = plain(told.get("display_name")) or self.about("title") or key_of(root, "").course
        self.summary = plain_words(self.about("short_description"))[:SUMMARY]
        self.overview = self._text("overview") or self._text("description")
        self.start, self.end = real_moment(told.get("start")), real_moment(told.get("end"))
        self.enrolment_start = real_moment(told.get("enrollment_start"))
        self.enrolment_end = real_moment(told.get("enrollment_end"))
        self.self_paced = flag(told.get("self_paced")) is True
        self.hours_a_week = hours_of(plain_words(self.about("effort")))
        self.weeks = self._weeks()
        self.licence = _licence(plain(told.get("license")))
        self.image = self._image()
        learned = listing(as_json(told.get("learning_info", "")))
        self.outcomes = tuple(filter(None, (word(one).strip() for one in learned)))
        people = mapping(as_json(told.get("instructor_info", "")))
        self.instructors = tuple(self._instructor(mapping(one)) for one in listing(people.get("instructors")))

    def about(self, name: str) -> str:
        """A file below `about/`; the run's own first; empty where it is not set."""
        for place in (f"about/{self.root.name}/{name}.html", f"about/{name}.html"):
            if place in self.desk.source:
                return self.desk.source.text_of(place).strip()
        return ""

    def _text(self, name: str) -> Text:
        told = self.about(name)
        return self.desk.text(told, self.root) if plain_words(told) or "<img" in told else Text()

    def _weeks(self) -> int | None:
        told = plain_words(self.about("duration"))
        found = NUMBER.search(told)
        return int(found[0]) if found and "day" not in told.lower() and 0 < int(found[0]) < MOST_WEEKS else None

    def _image(self) -> str:
        told = plain(self.root.attributes.get("course_image"))
        name = self.desk.assets.use(told.rpartition("@")[2].rpartition("/")[2]) if told else None
        if told and not name:
            self.desk.source.report(self.root.place, f"The course's picture is not there: {told[:200]}", "Put it.")
        return name or ""

    def _instructor(self, told: Mapping[str, Json]) -> Instructor:
        texts = {name: value.strip() for name, value in told.items() if isinstance(value, str)}
        role = ", ".join(filter(None, (texts.get("title"), texts.get("organization"))))
        raw = texts.get("image", "")
        picture = self.desk.links.address(raw, self.root.place) if raw else ""
        about = self.desk.text(texts.get("bio", ""), self.root)
        return Instructor(name=texts.get("name", ""), role=role, about=about, picture=picture)


def _licence(told: str) -> str:
    """A licence in words."""
    found = CREATIVE_COMMONS.match(told)
    if found:
        return f"CC {'-'.join(found[2].split())} {found[1] or '4.0'}".replace("  ", " ")
    return LICENCES.get(told, told)


def beside(root: Node, desk: Desk) -> tuple[Kept, ...]:
    """What stands in the course beside its modules: kept, with what is to say of it."""
    told: list[Kept] = []
    for child in root.body:
        tag = tag_of(child)
        if tag == "wiki":
            desk.report(root, "A wiki's pages are never part of an export.", "Copy them into pages.")
        elif tag == "textbook":
            desk.report(root, "Its textbook is not shown.", "Link it from a page.")
        if tag in {"wiki", "textbook"}:
            fate = Fate.PARTLY if tag == "wiki" else Fate.KEPT
            loss = "its address is kept; its words are not in the source"
            desk.elements.append(Element(tag=tag, id=f"{tag}-{len(told) + 1}", fate=fate, place=root.place, loss=loss))
            told.append(Kept(name=tag, value=source_of(child)))
    return tuple(told)
