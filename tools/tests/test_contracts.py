"""Each contract is seen to break on a planted violation, so that a silent check can't pass for a kept one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import house

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """The Python of the house in a place where it may be broken."""
    for folder in ("stoa", "tools"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("static", "locale", "__pycache__", "tests")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / ".gitignore", tmp_path)
    yield tmp_path
    shutil.rmtree(tmp_path)


def contracts(root: Path) -> str:
    """What import-linter says of the house at `root`, and `exit N`."""
    call = "import sys; from importlinter.cli import lint_imports; print('exit', lint_imports(no_cache=True))"
    answer = subprocess.run(
        [sys.executable, "-c", call],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(root), "COLUMNS": "200"},
    )
    return answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("place", "violation", "decision"),
    [
        (
            "stoa/catalogue/queries.py",
            "import stoa.authoring.urls\n",
            "0002: imports between rooms go down only BROKEN",
        ),
        ("stoa/kernel/clock.py", "import stoa.mail.models\n", "0002: imports between rooms go down only BROKEN"),
        ("stoa/newroom/__init__.py", "", "0002: imports between rooms go down only BROKEN"),
        ("stoa/catalogue/models.py", "import stoa.catalogue.actions\n", "0003: floors in a room"),
        ("stoa/catalogue/drawer.py", "", "0003: floors in a room"),
        ("stoa/catalogue/rules/ages.py", "import django.db\n", "0003: rules are pure"),
        ("stoa/coursedoc/model/texts.py", "import django.conf\n", "0003: rules are pure"),
        ("stoa/run/settings_of_django.py", "import django.conf\n", "0005: run and live start without Django BROKEN"),
        ("stoa/site/apps.py", "import stoa.catalogue.views.planted\n", "0004: rooms are entered by their doors BROKEN"),
    ],
)
def test_a_planted_violation_breaks_its_contract(copy: Path, place: str, violation: str, decision: str) -> None:
    planted = copy / place
    planted.parent.mkdir(parents=True, exist_ok=True)
    for package in (copy / "stoa/catalogue/views", copy / "stoa/catalogue/rules"):
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
    (copy / "stoa/catalogue/views/planted.py").touch()
    for name in ("queries", "actions"):
        (copy / f"stoa/catalogue/{name}.py").touch()
    planted.write_text(violation + (planted.read_text() if planted.exists() else ""))

    said = contracts(copy)

    assert decision in said
    assert "BROKEN" in said
    assert "exit 1" in said


def test_the_house_as_it_stands_keeps_its_contracts() -> None:
    written = (ROOT / "pyproject.toml").read_text().count("[[tool.importlinter.contracts]]")

    assert f"{written} kept, 0 broken" in contracts(ROOT)


def test_the_house_as_it_stands_passes_the_house_checks() -> None:
    assert [problem for check in house.CHECKS for problem in check(ROOT)] == []


@pytest.mark.parametrize(
    ("check", "place", "text", "says"),
    [
        (house.long_files, "stoa/mail/long.py", "x = 1\n" * 401, "stoa/mail/long.py: 401 lines, 400 at the most"),
        (house.long_files, "stoa/kernel/bus.py", "x = 1\n" * 61, "stoa/kernel/bus.py: 61 lines, 60 at the most"),
        (house.templates, "stoa/mail/templates/mail/a.html", "<p style='x'>", "a.html:1: inline script or style"),
        (house.templates, "stoa/mail/templates/mail/b.html", "\n<script>x", "b.html:2: inline script or style"),
        (house.templates, "stoa/mail/templates/mail/c.html", "<p>\n" * 121, "c.html: 121 lines, 120 at the most"),
        (
            house.docstrings,
            "stoa/mail/spoken.py",
            "def say() -> None: ...",
            "stoa/mail/spoken.py:1: say has no docstring",
        ),
        (house.readmes, "stoa/porch/__init__.py", "", "stoa/porch: no README.md"),
        (
            house.marks,
            "stoa/mail/a.py",
            "import os  # noqa: F401\n",
            "stoa/mail/a.py:1: # noqa: F401: remove the cause",
        ),
        (house.marks, "bench/a.py", "import os  # noqa\n", "bench/a.py:1: # noqa: remove the cause"),
        (house.marks, "tests/a.py", "\nx = y  # type: ignore\n", "tests/a.py:2: # type: ignore: remove the cause"),
        (house.marks, "tools/a.py", "x = y  # type: ignore[misc]\n", "tools/a.py:1: # type: ignore[misc]: remove"),
        (house.marks, "config/a.py", "x = y  # noqa: E1 -- same\n", "config/a.py:1: # noqa: E1 -- same: remove"),
        (house.marks, "stoa/a.py", "def f(): ...  # pragma: no cover\n", "stoa/a.py:1: # pragma: no cover: remove"),
        (house.locks, "config/requirements.txt", "--index-url https://example.org", "names the address of a registry"),
    ],
)
def test_a_planted_fault_is_named(copy: Path, check: house.Check, place: str, text: str, says: str) -> None:
    planted = copy / place
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(text)

    assert [line for line in check(copy) if says in line]


@pytest.mark.parametrize(
    "line",
    [
        "import os  # noqa: F401 -- for its effect",
        "x = y  # type: ignore[arg-type, misc]  # the library's own mistake",
        "x = 'a # noqa is only spoken of'",
        "# A comment that ignores nothing.",
    ],
)
def test_a_mark_with_its_reason_is_no_fault(copy: Path, line: str) -> None:
    (copy / "stoa/mail/planted.py").write_text(f"{line}\n")

    assert [problem for problem in house.marks(copy) if "planted" in problem] == []
