"""The course's files: found by any of the names that links use for them."""

import base64
import binascii
import hashlib
import mimetypes
import re
from pathlib import Path
from urllib.parse import unquote

from stoa.coursedoc.formats.olx.source import Source
from stoa.coursedoc.formats.olx.values import as_json, mapping, word
from stoa.coursedoc.model import Asset

UNCLEAN = re.compile(r"[^\w.~-]")
TYPES = mimetypes.MimeTypes(filenames=())
OWN_TYPES = {".srt": "application/x-subrip", ".sjson": "application/json", ".vtt": "text/vtt", ".webp": "image/webp"}
LINK_AS_TEXT = re.compile(rb"^(\.\./)+[\w./-]+$")
SMALL = 200
WRITTEN_OUT = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,([A-Za-z0-9+/=\s]+)$", re.IGNORECASE)
ENDINGS = {"jpeg": "jpg", "svg+xml": "svg"}
STAYS = 4096
"""Characters of a picture that is written out in a text; longer ones become files."""


def clean_name(name: str) -> str:
    """A file's name as Studio would write it in a link."""
    return UNCLEAN.sub("_", name.replace("/", "_"))


class Assets:
    """The files below `static/`, each with a name of its own."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.files: dict[str, Path] = {}
        self.linked: set[str] = set()
        self._names: dict[str, str] = {}
        self._loose: dict[str, str] = {}
        for place in source.below("static"):
            self._add(place.removeprefix("static/"), source.files[place])
        self._add_displayed_names()

    def _add(self, path: str, file: Path) -> None:
        name = clean_name(path)
        while name in self.files:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem}_2{dot}{ending}" if dot else f"{name}_2"
        self.files[name] = file
        self._names[path] = name
        self._names.setdefault(clean_name(path), name)
        self._loose.setdefault(clean_name(path).casefold(), name)
        self._check_link_as_text(path, file)

    def _check_link_as_text(self, path: str, file: Path) -> None:
        if file.stat().st_size < SMALL and LINK_AS_TEXT.match(file.read_bytes().strip()):
            problem = "This is a link that was stored as text, not the file itself."
            self.source.report(f"static/{path}", problem, "Put the file that it names.")

    def _add_displayed_names(self) -> None:
        told = mapping(as_json(self.source.text_of("policies/assets.json")))
        for entry in told.values():
            facts = mapping(entry)
            shown, path = word(facts.get("displayname")), word(facts.get("filename")).rpartition("/")[2]
            name = self.find(path.rpartition("@")[2])
            if shown and name:
                self._names.setdefault(shown, name)

    def find(self, link: str) -> str | None:
        """The name of the file that a link's last part means, if there is such a file."""
        plain = unquote(link)
        for form in (link, plain, clean_name(link), clean_name(plain)):
            if form in self._names:
                return self._names[form]
        return self._loose.get(clean_name(plain).casefold())

    def use(self, link: str) -> str | None:
        """As `find`, and remember that something links to it."""
        name = self.find(link)
        if name:
            self.linked.add(name)
        return name

    def keep_picture(self, address: str) -> str | None:
        """The name of a file with the picture that an address has written out; None where it may stay in the text."""
        found = WRITTEN_OUT.match(address) if len(address) > STAYS else None
        if not found:
            return None
        try:
            content = base64.b64decode("".join(found[2].split()), validate=True)
        except binascii.Error:
            return None
        kind = found[1].lower()
        name = f"picture-{hashlib.sha256(content).hexdigest()[:16]}.{ENDINGS.get(kind, kind)}"
        if name not in self.files:
            path = self.source.work / name
            path.write_bytes(content)
            self.files[name] = path
        self.linked.add(name)
        return name

    def documents(self) -> tuple[Asset, ...]:
        """Every file with its hash, by name."""
        return tuple(_asset(name, path) for name, path in sorted(self.files.items()))


def media_type(name: str) -> str:
    """What kind of file a name promises."""
    ending = Path(name).suffix.lower()
    return OWN_TYPES.get(ending) or TYPES.guess_type(name)[0] or "application/octet-stream"


def _asset(name: str, path: Path) -> Asset:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Asset(name=name, sha256=digest, size=path.stat().st_size, media_type=media_type(name))
