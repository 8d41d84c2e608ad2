"""Makes this checkout's environment: a virtual environment from the lock file, and the assets.

python tools/checkout.py run|test       needs only Python itself; does nothing when nothing changed
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("STOA_VENV") or ROOT / ".venv")
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
PIP = ("-m", "pip", "--disable-pip-version-check", "install", "-qq", "--require-hashes", "--no-deps", "--no-compile")


def main() -> None:
    """Bring the environment to what the files say, one caller at a time."""
    lock = ROOT / "config" / LOCKS[sys.argv[1]]
    try:
        with one_at_a_time():
            make_venv()
            assets = start_assets()
            install(lock)
            finish_assets(assets)
    except OSError as reason:
        sys.exit(
            f"The environment can't be made: {reason}\n"
            "Work in a checkout of your own, or choose another folder for the packages: STOA_VENV=~/stoa-venv"
        )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two scripts started at once don't install into one another."""
    VENV.parent.mkdir(parents=True, exist_ok=True)
    with VENV.with_name(f"{VENV.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """A virtual environment of this Python; one that lost its Python is made again."""
    python = VENV / "bin" / "python"
    if python.exists():
        return
    say(f"Making {VENV} …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False, capture_output=True, text=True)
    if made.returncode:
        sys.exit(
            f"The environment can't be made:\n{made.stdout}{made.stderr}\n"
            "Debian and Ubuntu keep venv apart: apt install python3-venv. Then run this again."
        )


def install(lock: Path) -> None:
    """The packages that the lock file names, each with its hash; pip is asked only when the file changed."""
    stamp = VENV / f".{lock.stem}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Installing the packages …")
    started = time.monotonic()
    if subprocess.run([VENV / "bin" / "python", *PIP, "-r", lock], check=False).returncode:
        sys.exit("The packages can't be installed. Is the network up, and the disk not full? Then run this again.")
    stamp.write_text(digest)
    say(f"Installed the packages in {time.monotonic() - started:.0f} s")


def start_assets() -> subprocess.Popen[bytes] | None:
    """Fetch fonts and icons beside the packages where they are out of date."""
    build = ROOT / "tools" / "assets" / "build.py"
    if subprocess.run([sys.executable, build, "--check"], check=False).returncode == 0:
        return None
    say("Fetching fonts and icons …")
    return subprocess.Popen([sys.executable, __file__, "assets"])


def finish_assets(fetching: subprocess.Popen[bytes] | None) -> None:
    """Wait for the fonts and icons, then compile the languages."""
    if fetching is not None and fetching.wait():
        sys.exit(1)
    subprocess.run([VENV / "bin" / "python", ROOT / "tools" / "assets" / "build.py"], check=True)


def fetch_assets() -> None:
    """Build fonts and icons with Node in a temporary folder: 200 MB that nobody needs afterwards."""
    scratch = Path(tempfile.mkdtemp(prefix="stoa-node-"))
    try:
        python, lock = VENV / "bin" / "python", ROOT / "config" / "requirements-assets.txt"
        if subprocess.run([python, *PIP, "--target", scratch, "-r", lock], check=False).returncode:
            sys.exit("The tools that build fonts and icons can't be installed. Is the network up? Then run this again.")
        build = [str(python), str(ROOT / "tools" / "assets" / "build.py"), "--vendor"]
        sys.exit(subprocess.run(build, env={**os.environ, "PYTHONPATH": str(scratch)}, check=False).returncode)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def say(words: str) -> None:
    """Tell the person in front of the screen what takes time."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "assets":
        fetch_assets()
    main()
