"""Nothing closed goes with Stoa: every package that runs, and every asset that a page shows, has a free licence."""

import importlib.metadata
import importlib.util
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "tools" / "assets"
LOCK = json.loads((ASSETS / "package-lock.json").read_text())["packages"]
FREE = re.compile(r"\b(?:MIT|MIT-0|BSD|0BSD|ISC|Apache|Zlib|CC0|MPL|Mozilla|LGPL|PSF|OFL)\b", re.IGNORECASE)


def assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("stoa_assets", ASSETS / "vendor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def licence_of(package: str) -> str:
    about = importlib.metadata.metadata(package)
    kept = ("License-Expression", "License")
    said = [*(about[name] for name in kept if name in about), *(about.get_all("Classifier") or [])]
    return " ".join(words for words in said if words and ("::" not in words or words.startswith("License")))


def installed() -> Iterator[str]:
    for name in re.findall(r"^([\w.-]+)==", (ROOT / "config" / "requirements.txt").read_text(), re.MULTILINE):
        # Some are for other systems only.
        if any(importlib.metadata.Distribution.discover(name=name)):
            yield name


@pytest.mark.req("R083")
def test_every_package_that_runs_is_free() -> None:
    closed = {name: licence_of(name) for name in installed() if not FREE.search(licence_of(name))}

    assert closed == {}


@pytest.mark.req("R083")
def test_every_package_that_pages_take_assets_from_is_free_and_brings_its_licence() -> None:
    packages = {name.removeprefix("node_modules/"): about["license"] for name, about in LOCK.items() if name}

    assert {name: licence for name, licence in packages.items() if not FREE.search(licence)} == {}
    assert sorted(source.rpartition("/")[0] for source in assets().LICENCES.values()) == sorted(packages)


@pytest.mark.req("R083")
def test_stoa_itself_may_be_used_changed_and_passed_on_by_everyone() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "Apache-2.0"
