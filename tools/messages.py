"""Every word on screen, found in templates and code, and what a language still lacks.

python -m tools.messages            prints what the Arabic catalogue lacks or no longer needs, exits with 1 if anything
python -m tools.messages --write    brings the catalogue up to date: new words in, empty; old words out
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "stoa/site/locale/ar/LC_MESSAGES/django.po"
# Forms in this order: none, one, two, a few (3 to 10), many (11 to 99), hundreds.
HEADER = r"""# Stoa in Arabic.
msgid ""
msgstr ""
"Project-Id-Version: Stoa\n"
"Language: ar\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;\n"

"""
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
    # gettext_lazy, where `_` is the word for at once.
    "later": None,
}
# What stands here isn't shown to visitors.
SILENT = ("/tests/", "/migrations/", "/styleguide/")

Words = str | tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Compare the catalogue with what is on screen."""
    if not settings.configured:
        settings.configure()
    wanted, kept = on_screen(ROOT / "stoa"), read()
    if "--write" in arguments:
        write(merged(wanted, kept))
        return 0
    missing = [f"not translated: {words}" for words in lacking(wanted, kept)]
    stale = [
        f"no longer on screen: {entry.id}" for entry in kept if entry.id and not wanted.get(entry.id, entry.context)
    ]
    print(*missing, *stale, sep="\n", end="\n" if missing or stale else "")
    return int(bool(missing or stale))


def on_screen(folder: Path) -> Catalog:
    """All words that templates and code mark as shown, with where they stand."""
    found = Catalog()
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("templates/**/*.*")]):
        if not any(part in f"/{path.relative_to(folder.parent).as_posix()}" for part in SILENT) and path.is_file():
            _collect(path, found)
    return found


def _collect(path: Path, found: Catalog) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return
    # Brackets keep Python from reading anything into how the lines of a template are indented.
    source = text if path.suffix == ".py" else f"({templatize(text, origin=str(path))})"
    place = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    for _line, words, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        if any(words) if isinstance(words, tuple) else words:
            found.add(words, locations=[(place, 1)], context=context)


def read() -> Catalog:
    """The Arabic catalogue as it stands."""
    if not CATALOGUE.exists():
        return Catalog(locale="ar")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ar")


def lacking(wanted: Catalog, kept: Catalog) -> list[Words]:
    """The words without a whole translation: every plural form counts."""
    missing: list[Words] = []
    for entry in wanted:
        said = kept.get(entry.id, entry.context) if entry.id else entry
        if said is None or said.fuzzy or not (all(said.string) if isinstance(said.string, tuple) else said.string):
            missing.append(entry.id if isinstance(entry.id, str) else tuple(entry.id))
    return [words for words in missing if words]


def merged(wanted: Catalog, kept: Catalog) -> Catalog:
    """The words on screen, each with the translation that it already has."""
    result = Catalog(locale="ar", project="Stoa", charset="utf-8", fuzzy=False)
    for entry in wanted:
        if entry.id:
            said = kept.get(entry.id, entry.context)
            result.add(entry.id, said.string if said else None, context=entry.context, locations=entry.locations[:1])
    return result


def write(catalogue: Catalog) -> None:
    """Keep the catalogue in the order of its words, without places and dates, which would only make noise."""
    words = BytesIO()
    write_po(words, catalogue, width=120, sort_output=True, no_location=True, omit_header=True)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(HEADER + words.getvalue().decode().lstrip("\n"), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
