"""Pages that are taken along: links between them lead to files in the same folder, all others to the site."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

_LINK = re.compile(r' (href|src|poster)="([^"]*)"')
_MEDIA = re.compile(r"/media/([0-9a-f]{64})/(.+)")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_NAME = 60


@dataclass(kw_only=True)
class Pack:
    """A folder in the making: its pages by step id, and the files that they want."""

    root: str
    """Where the steps of the run lie on the site, with a slash at the end."""
    pages: Mapping[str, str]
    """Step id to the name of its page."""
    files: dict[str, str] = field(default_factory=dict)
    """Name in the folder to the sha256 of what is in it, as pages ask for them."""

    def rewritten(self, html: str) -> str:
        """The HTML of a step as it stands in the folder. Our renderer writes attributes in double quotes."""
        return _LINK.sub(lambda found: f' {found[1]}="{escape(self.link(unescape(found[2])))}"', html)

    def link(self, link: str) -> str:
        """Where a link of a step leads from inside the folder."""
        media = _MEDIA.fullmatch(link)
        if media:
            return self._file(media[1], unquote(media[2]))
        parts = urlsplit(link)
        if parts.scheme or link.startswith("#"):
            return link
        steps = link.removeprefix("../")
        if steps != link and "/" not in steps.partition("/")[2].partition("#")[0]:
            name, _, rest = steps.partition("/")
            page = self.pages.get(unquote(name))
            if page:
                return page + rest
        return urljoin(f"{self.root}step/", link)

    def _file(self, sha256: str, name: str) -> str:
        place = PurePosixPath(name)
        stem = _UNSAFE.sub("-", place.stem)[:LONGEST_NAME].strip("-.") or "file"
        ending = _UNSAFE.sub("", place.suffix)[:10]
        inside = f"files/{sha256[:10]}-{stem}{ending}"
        self.files[inside] = sha256
        return inside


def page_names(steps: Mapping[str, str]) -> dict[str, str]:
    """Names of pages by step id, numbered in the order in which learners meet them. `steps`: id to title."""
    return {
        step: f"{number:02d}-{_UNSAFE.sub('-', title)[:LONGEST_NAME].strip('-.').lower() or 'step'}.html"
        for number, (step, title) in enumerate(steps.items(), start=1)
    }
