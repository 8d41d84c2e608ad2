"""Links of a course, in all the forms that Open edX lets authors write them."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote

from stoa.coursedoc.formats.olx.assets import Assets, clean_name
from stoa.coursedoc.formats.olx.source import Source

STATIC = re.compile(r"^(?:\.\./)*/?static/(?P<name>.+)$")
ASSET_KEY = re.compile(r"asset-v1:(?P<key>[^/]+?)\+type@(?:asset|thumbnail)(?:\+block)?[@/](?P<name>[^?#]+)")
C4X = re.compile(r"/?c4x(?:://|/)(?P<org>[^/]+)/(?P<course>[^/]+)/(?:asset|thumbnail)/(?P<name>[^?#]+)")
JUMP = re.compile(r"/?jump_to(?:_id)?/(?P<key>[^?#]+)")
BLOCK_KEY = re.compile(r"^(?:i4x://|block-v1:)[^?#]*[/@](?P<name>[^/@?#]+)")
XBLOCK = re.compile(r"/xblock/(?P<key>block-v1:[^/?#]+)")
COURSEWARE = re.compile(r"courseware/(?P<chapter>[^/]+)(?:/(?P<lesson>[^/]+))?")
OWN_PAGES = {
    "": "course:home", "info": "course:home", "course": "course:home", "courseware": "course:home",
    "home": "course:home",
    "progress": "course:progress", "discussion": "course:forum", "dates": "course:home", "about": "course:about",
}  # fmt: skip  # a table, read by its rows
LEAVE = ("#", "mailto:", "tel:", "data:", "asset:", "item:", "step:", "lesson:", "page:", "course:")
MACRO = re.compile(r"%%(?:USER_ID|COURSE_ID)%%|%%[A-Z_]+%%")


@dataclass(frozen=True, kw_only=True)
class CourseKey:
    """Which course this is."""

    org: str
    course: str
    run: str

    @property
    def forms(self) -> set[str]:
        """The ways in which addresses name it."""
        tight, slashed = f"{self.org}+{self.course}+{self.run}", f"{self.org}/{self.course}/{self.run}"
        return {tight.lower(), slashed.lower(), f"course-v1:{tight}".lower()}

    def is_this(self, key: str) -> bool:
        """Whether a key, of any form, names this course."""
        return unquote(key).removeprefix("course-v1:").lower() in self.forms


class Links:
    """Turns the source's addresses into the document's."""

    def __init__(self, source: Source, assets: Assets, key: CourseKey) -> None:
        self.source, self.assets, self.key = source, assets, key
        self.targets: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.told: set[tuple[str, str]] = set()
        self.counts: Counter[str] = Counter()

    def address(self, raw: str, place: str) -> str:
        """The document's form of an address; one that leads nowhere stays as it was and is reported."""
        link = self._without_macros(raw.strip(), place)
        if link[:11].lower() == "data:image/":
            picture = self.assets.keep_picture(link)
            return f"asset:{picture}" if picture else link
        if not link or link.lower().startswith(LEAVE):
            return link
        asset = self._asset(link, place)
        if asset is not None:
            return asset
        inside = self._inside(link, place)
        return link if inside is None else inside

    def _without_macros(self, link: str, place: str) -> str:
        if not MACRO.search(link):
            return link
        self.counts["macros"] += 1
        self.tell(place, "macro", "A link held a macro such as %%USER_ID%%; it was dropped.", "Ask for it in words.")
        return MACRO.sub("", link.replace("%%COURSE_ID%%", f"course-v1:{self.key.org}+{self.key.course}"))

    def tell(self, place: str, what: str, problem: str, remedy: str) -> None:
        """Report once for each place and thing."""
        if (place, what) not in self.told:
            self.told.add((place, what))
            self.source.report(place, problem, remedy)

    def _asset(self, link: str, place: str) -> str | None:
        """The file of the course that an address means, also where the file is not there."""
        name = self._asset_name(link)
        if name is None:
            return None
        found = self.assets.use(re.split(r"[?#]", name)[0]) or self.assets.use(name)
        if found:
            return f"asset:{found}"
        self.counts["missing files"] += 1
        self.tell(place, link, f"It links to a file that is not there: {link[:200]}", "Put the file, or drop the link.")
        return f"asset:{clean_name(name)}"

    def _asset_name(self, link: str) -> str | None:
        static = STATIC.match(link)
        if static:
            return static["name"]
        keyed = ASSET_KEY.search(link)
        if keyed:
            return keyed["name"] if self._ours(keyed["key"], keyed["name"]) else None
        old = C4X.search(link)
        if old:
            ours = (old["org"].lower(), old["course"].lower()) == (self.key.org.lower(), self.key.course.lower())
            return old["name"] if ours or self.assets.find(old["name"]) else None
        return None

    def _ours(self, key: str, name: str) -> bool:
        return self.key.is_this(key) or self.assets.find(name) is not None

    def _inside(self, link: str, place: str) -> str | None:
        """The place of this course that an address means, if it means one."""
        path = _path(link)
        jump = JUMP.search(path)
        if jump and self._names_this_course(path):
            return self._element(jump["key"], link, place)
        block = BLOCK_KEY.match(link) or XBLOCK.search(path)
        if block:
            return self._element(block.groupdict().get("name") or block["key"], link, place)
        return self._own_page(path, link, place)

    def _names_this_course(self, path: str) -> bool:
        found = re.search(r"/courses/(.+?)/jump_to", path)
        return not found or self.key.is_this(found[1])

    def _element(self, key: str, link: str, place: str) -> str:
        name = re.split(r"[@/]", unquote(key).rstrip("/"))[-1]
        target = self.targets.get(name)
        if target:
            return target
        self.counts["missing places"] += 1
        self.tell(place, link, f"It links to a part of the course that is not there: {link[:200]}", "Correct the link.")
        return ""

    def _own_page(self, path: str, link: str, place: str) -> str | None:
        rest = self._rest(path, link)
        if rest is None:
            return None
        lesson = COURSEWARE.match(rest)
        if lesson:
            name = lesson["lesson"] or lesson["chapter"]
            return self.targets.get(unquote(name), "course:home")
        first = rest.strip("/").split("/")[0] if rest.strip("/") else ""
        if first in self.pages:
            return f"page:{self.pages[first]}"
        if first in OWN_PAGES:
            return OWN_PAGES[first]
        self.tell(place, link, f"It links to a page that Stoa does not have: {link[:200]}", "Correct the link.")
        return ""

    def _rest(self, path: str, link: str) -> str | None:
        """What follows the course in an address of this course; None for other addresses."""
        if link.startswith("/") and (path == "/course" or path.startswith("/course/")):
            return path.removeprefix("/course").lstrip("/")
        found = re.search(r"/courses/(.+)$", path)
        for key in self.key.forms if found else ():
            tail = unquote(found[1]) if found else ""
            if tail.lower() == key or tail.lower().startswith(f"{key}/"):
                return tail[len(key) :].lstrip("/")
        return None


def _path(link: str) -> str:
    """The path of an address, whatever site it is on."""
    return re.sub(r"^(?:https?:)?//[^/?#]*", "", re.split(r"[?#]", link, maxsplit=1)[0], flags=re.IGNORECASE)
