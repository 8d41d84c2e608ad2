"""Makes this checkout's environment: a virtual environment from the lock file, and the assets.

python tools/checkout.py run|test       needs only Python itself; does nothing when nothing changed

Packages come by uv, which pip brings in first: it takes a tenth of pip's time. Where uv can't, pip does it all.
"""

import ast
import compileall
import fcntl
import hashlib
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("STOA_VENV") or ROOT / ".venv")
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
ASSETS = ROOT / "tools" / "assets"
PYTHON, UV = VENV / "bin" / "python", VENV / "bin" / "uv"
AS_LOCKED = ("--require-hashes", "--no-deps")
# What pip is told of where packages come from, and the same for uv.
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}

Command = list[str | Path]


def main() -> None:
    """Bring the environment to what the files say, one caller at a time."""
    lock = ROOT / "config" / LOCKS[sys.argv[1]]
    try:
        with one_at_a_time():
            make_venv()
            if not is_installed(lock):
                bring_uv()
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
    """A virtual environment of this Python, without pip; one that lost its Python is made again."""
    if PYTHON.exists():
        return
    say(f"Making {VENV} …")
    command: Command = [sys.executable, "-m", "venv", "--without-pip", "--clear", VENV]
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"The environment can't be made:\n{made.stdout}{made.stderr}")


def bring_uv() -> None:
    """The installer, by pip; there may be none for this machine, or no network any more."""
    if UV.exists():
        return
    lock = ROOT / "config" / "requirements-installer.txt"
    command: Command = [*pip(), "install", "-qq", "--no-compile", "--only-binary=:all:", *AS_LOCKED, "-r", lock]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        # Now, while another core is free.
        compile_ours()
        registries()


def compile_ours() -> None:
    """What Python would compile at the first start, one file after another."""
    for folder in ("stoa", "config"):
        compileall.compile_dir(ROOT / folder, quiet=2, rx=re.compile(r"/tests/"))


def is_installed(lock: Path) -> bool:
    """True where the environment was made from exactly this file."""
    stamp = stamp_of(lock)
    return stamp.exists() and stamp.read_text() == digest_of(lock)


def install(lock: Path) -> None:
    """The packages that the lock file names, each with its hash; nobody is asked unless the file changed."""
    if is_installed(lock):
        return
    say("Installing the packages …")
    started = time.monotonic()
    if not fetch(lock):
        sys.exit("The packages can't be installed. Is the network up, and the disk not full? Then run this again.")
    stamp_of(lock).write_text(digest_of(lock))
    say(f"Installed the packages in {time.monotonic() - started:.0f} s")


def stamp_of(lock: Path) -> Path:
    """Where the environment remembers which lock file it was made from."""
    return VENV / f".{lock.stem}"


def digest_of(lock: Path) -> str:
    """What the lock file says, in short."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def fetch(lock: Path, *, into: Path | None = None) -> bool:
    """Install what a lock file names, in the environment or in a folder; False where neither uv nor pip can."""
    where: Command = ["--target", into] if into else []
    what: Command = [*AS_LOCKED, "-r", lock, *where]
    if UV.exists():
        command: Command = [UV, "pip", "install", "--quiet", "--python", PYTHON, *what]
        done = subprocess.run(command, env={**registries(), **os.environ}, check=False, capture_output=True)
        if done.returncode == 0:
            return True
        say("uv can't install them here; pip tries …")
    return subprocess.run([*pip(), "install", "-qq", "--no-compile", *what], check=False).returncode == 0


@cache
def registries() -> dict[str, str]:
    """Where pip is told to find packages, in uv's words: handed on to uv, written down nowhere."""
    told = subprocess.run([*own_pip(), "config", "list"], check=False, capture_output=True, text=True).stdout
    # The best index, not the first that knows the name: as pip does it. The hashes keep strangers out.
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    # What comes from pip's own variables stands above its files.
    for line in sorted(told.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _, value = line.partition("=")
        if variable := SETTINGS.get(name.rpartition(".")[2]):
            words = str(ast.literal_eval(value)).split()
            found[variable] = ("," if variable == "UV_FIND_LINKS" else " ").join(words)
    return found


def pip() -> Command:
    """How pip is started to work in the environment."""
    return [*own_pip(), "--python", PYTHON]


def own_pip() -> Command:
    """The pip of the Python that runs this; where it has none, one made in the environment."""
    always = ("-m", "pip", "--disable-pip-version-check")
    if find_spec("pip"):
        return [sys.executable, *always]
    if not (VENV / "bin" / "pip3").exists():
        made = subprocess.run([PYTHON, "-m", "ensurepip"], check=False, capture_output=True, text=True)
        if made.returncode:
            sys.exit(
                f"pip can't be had:\n{made.stdout}{made.stderr}\n"
                "Debian and Ubuntu keep it apart: apt install python3-venv. Then run this again."
            )
    return [PYTHON, *always]


def start_assets() -> subprocess.Popen[bytes] | None:
    """Make fonts and icons anew beside the packages, where somebody changed what they are made from."""
    if runpy.run_path(str(ASSETS / "vendor.py"))["vendor_is_fresh"]():
        return None
    say("Making fonts and icons anew …")
    return subprocess.Popen([sys.executable, __file__, "assets"])


def finish_assets(making: subprocess.Popen[bytes] | None) -> None:
    """Wait for the fonts and icons, then compile the languages that changed."""
    if making is not None and making.wait():
        sys.exit(1)
    if runpy.run_path(str(ASSETS / "build.py"))["changed"]():
        subprocess.run([PYTHON, ASSETS / "build.py"], check=True)


def make_assets() -> None:
    """Build fonts and icons with Node in a temporary folder: 200 MB that nobody needs afterwards."""
    scratch = Path(tempfile.mkdtemp(prefix="stoa-node-"))
    try:
        if not fetch(ROOT / "config" / "requirements-assets.txt", into=scratch):
            sys.exit("The tools that build fonts and icons can't be installed. Is the network up? Then run this again.")
        build = [str(PYTHON), str(ASSETS / "vendor.py")]
        sys.exit(subprocess.run(build, env={**os.environ, "PYTHONPATH": str(scratch)}, check=False).returncode)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def say(words: str) -> None:
    """Tell the person in front of the screen what takes time."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "assets":
        make_assets()
    main()
