"""Fonts, icons, the map and countries of addresses lie in git as made from these files, with their licences."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"stoa_{name}", ROOT / "tools" / "assets" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def in_git(name: str) -> bytes:
    """What git is about to keep."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git here")
    return subprocess.check_output(["git", "-C", ROOT, "show", f":{name}"])


def test_git_keeps_what_was_made_from_these_files() -> None:
    kept = in_git("stoa/site/static/vendor/.built-from").decode()

    assert kept == tool("vendor").vendor_stamp(), "git add stoa/site/static/vendor stoa/insights/engine/vendor"


def test_git_keeps_the_fonts_and_icons_that_are_here() -> None:
    vendor = tool("vendor")
    made = [*sorted(path for path in vendor.VENDOR.rglob("*") if path.is_file()), vendor.COUNTRIES]

    for path in made:
        assert in_git(str(path.relative_to(ROOT))) == path.read_bytes(), f"git add {path.relative_to(ROOT)}"


def test_whoever_gave_has_a_licence_beside() -> None:
    vendor = tool("vendor")

    kept = {path.stem for path in (vendor.VENDOR / "licences").iterdir()}

    assert kept == set(vendor.LICENCES)


def test_another_icon_makes_them_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vendor = tool("vendor")
    for path in vendor.HERE.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(vendor, "HERE", tmp_path)
    assert vendor.vendor_is_fresh()

    with (tmp_path / "icons.txt").open("a") as icons:
        icons.write("anchor\n")

    assert not vendor.vendor_is_fresh()


def test_only_a_language_that_changed_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = tool("build")
    monkeypatch.setattr(build, "LOCALE", tmp_path)
    words = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid ""\nmsgstr "Language: ar\\n"\n\nmsgid "Home"\nmsgstr "الرئيسية"\n')

    assert build.changed() == [words]
    build.build()
    assert build.changed() == []
    assert "الرئيسية".encode() in words.with_suffix(".mo").read_bytes()

    words.write_text(words.read_text().replace("الرئيسية", "البداية"))
    assert build.changed() == [words]
