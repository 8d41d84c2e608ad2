"""Compiles the languages: git holds what people write, Django reads what this makes of it.

python tools/assets/build.py    needs Babel; does nothing where nothing changed
"""

import hashlib
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[2] / "stoa" / "site" / "locale"


def build() -> None:
    """Turn each .po file that changed into the .mo file that Django reads."""
    for source in changed():
        compile_language(source)


def changed() -> list[Path]:
    """The .po files that were compiled from other words, or never."""
    return [source for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) if not is_compiled(source)]


def is_compiled(source: Path) -> bool:
    """True where the .mo file comes from exactly these words."""
    stamp = source.with_suffix(".mo.sha256")
    return source.with_suffix(".mo").exists() and stamp.exists() and stamp.read_text() == digest_of(source)


def compile_language(source: Path) -> None:
    """Write the .mo file beside it."""
    # Whoever only asks what changed may have no Babel yet.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- see above
    from babel.messages.pofile import read_po  # noqa: PLC0415 -- see above

    with source.open("rb") as words:
        catalog = read_po(words, locale=source.parent.parent.name)
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalog)
    source.with_suffix(".mo.sha256").write_text(digest_of(source))


def digest_of(source: Path) -> str:
    """What the file says, in short."""
    return hashlib.sha256(source.read_bytes()).hexdigest()


if __name__ == "__main__":
    build()
