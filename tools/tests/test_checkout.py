"""The environment of a checkout: its packages come by uv, by pip where uv can't, from where pip is told to look."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKING = """
import json, sys
from pathlib import Path
from tools import checkout
checkout.make_venv()
if sys.argv[2]:
    checkout.UV.symlink_to(sys.argv[2])
print(json.dumps(checkout.fetch(Path(sys.argv[1]))))
"""
TELLING = "import json; from tools import checkout; checkout.make_venv(); print(json.dumps(checkout.registries()))"
PIP_CONF = """
[global]
index-url = https://one.example/simple
extra-index-url = https://two.example/simple
    https://three.example/simple
find-links = /srv/a /srv/b
cert = /srv/ours.pem
proxy = http://proxy.example:3128
"""


def the_python_below() -> Path:
    """The Python that this environment was made with, as `bin/` uses it."""
    return Path(sys.base_prefix) / "bin" / "python3"


def asked(tmp_path: Path, code: str, *words: str, **variables: str) -> str:
    """What the code says, with an environment of its own and pip's settings from nowhere else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "SSL_"))}
    given = {"STOA_VENV": str(tmp_path / "venv"), "PYTHONPATH": str(ROOT), "UV_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(
        [the_python_below(), "-c", code, *words],
        env={**kept, **given, **variables},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def a_lock_with_its_index(tmp_path: Path) -> tuple[Path, str]:
    """A lock file of one small package, and the address of a folder that serves it as a registry does."""
    files = {
        "sample.py": b"word = 'here'\n",
        "sample-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: sample\nVersion: 1.0\n",
        "sample-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    files["sample-1.0.dist-info/RECORD"] = "\n".join([*lines, "sample-1.0.dist-info/RECORD,,", ""]).encode()
    folder = tmp_path / "simple" / "sample"
    folder.mkdir(parents=True)
    wheel = folder / "sample-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    (folder / "index.html").write_text(f'<!DOCTYPE html><a href="{wheel.name}">{wheel.name}</a>')
    lock = tmp_path / "lock.txt"
    lock.write_text(f"sample==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    return lock, (tmp_path / "simple").as_uri()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


@pytest.mark.parametrize("installer", ["uv", "no uv", "a uv that fails"])
def test_packages_come_from_where_pip_looks(tmp_path: Path, installer: str) -> None:
    uv = {"uv": str(Path(sys.prefix) / "bin" / "uv"), "no uv": "", "a uv that fails": "/bin/false"}[installer]
    lock, index = a_lock_with_its_index(tmp_path)

    came = asked(tmp_path, MAKING, str(lock), uv, PIP_INDEX_URL=index)

    assert came == "true\n"
    command = [str(tmp_path / "venv" / "bin" / "python"), "-c", "import sample; print(sample.word)"]
    assert subprocess.check_output(command) == b"here\n"


@pytest.mark.parametrize("uv", [str(Path(sys.prefix) / "bin" / "uv"), ""], ids=["uv", "pip"])
def test_a_package_with_another_hash_is_refused(tmp_path: Path, uv: str) -> None:
    lock, index = a_lock_with_its_index(tmp_path)
    lock.write_text(f"sample==1.0 --hash=sha256:{'0' * 64}\n")

    came = asked(tmp_path, MAKING, str(lock), uv, PIP_INDEX_URL=index)

    assert came == "false\n"


def test_uv_is_told_what_pip_is_told(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text(PIP_CONF)

    told = json.loads(
        asked(tmp_path, TELLING, PIP_CONFIG_FILE=str(tmp_path / "pip.conf"), PIP_TRUSTED_HOST="a b", PIP_CERT="/other")
    )

    assert told == {
        "UV_DEFAULT_INDEX": "https://one.example/simple",
        "UV_INDEX": "https://two.example/simple https://three.example/simple",
        "UV_FIND_LINKS": "/srv/a,/srv/b",
        "UV_INSECURE_HOST": "a b",
        "SSL_CERT_FILE": "/other",
        "ALL_PROXY": "http://proxy.example:3128",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
