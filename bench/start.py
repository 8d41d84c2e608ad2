"""How long Stoa takes to start, and what it takes of the memory when nobody is there.

python -m bench.start [--fresh]     --fresh: of a new clone, packages from the caches of pip and uv

Needs nothing but Python. Prints one line for people and one JSON object.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.processes import children_of, cpu_of, family_of, pss
from stoa.cli.marks import mark

ROOT = Path(__file__).resolve().parent.parent
IDLE_AFTER = 5.0
# The engine of Insights, and children of jobs.
COME_AND_GO = ("insights work", "peer_review.rules", " people")
PATIENCE = 600.0
Figures = dict[str, float | dict[str, float]]


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="start from a new clone and an empty environment")
    asked = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="stoa-bench-"))
    scratch.chmod(0o711)
    figures: Figures = {}
    try:
        checkout = clone(scratch) if asked.fresh else ROOT
        for name in ("first", "later"):
            figures |= start(checkout, scratch / "data", name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(
        f"First start {figures['first_start_s']:.1f} s ({figures['first_start_cpu_s']:.1f} s of CPU), "
        f"later {figures['later_start_s']:.1f} s ({figures['later_start_cpu_s']:.1f} s of CPU), "
        f"idle {figures['idle_pss_mb']:.0f} MB PSS."
    )
    print(json.dumps(figures))


def clone(scratch: Path) -> Path:
    """A new clone, as somebody gets it."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(scratch / "stoa")], check=True)
    return scratch / "stoa"


def start(checkout: Path, data: Path, name: str) -> Figures:
    """Seconds from bin/up to the first page, and what stays of the memory when nobody is there."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STOA_DATA", "DATABASE"))}
    began = time.monotonic()
    up = subprocess.Popen(
        [str(checkout / "bin" / "up"), "--data", str(data), f"--port={port}"],
        env=environment,
        stdout=sys.stderr,
    )
    try:
        wait_for_page(up, port)
        took = {f"{name}_start_s": time.monotonic() - began, f"{name}_start_cpu_s": cpu_of(up.pid)}
        # Demo learners come to a new site while its pages are up.
        wait_for_people(data)
        wait_for_silence(up.pid)
        return {key: round(seconds, 2) for key, seconds in took.items()} | memory(up.pid)
    finally:
        up.send_signal(signal.SIGINT)
        up.wait()


def wait_for_page(up: subprocess.Popen[bytes], port: int) -> None:
    """Until the catalogue comes back."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if up.poll() is not None:
            sys.exit("bin/up ended; what it said stands above")
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            asking.request("GET", "/", headers={"Host": "localhost"})
            if asking.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        finally:
            asking.close()
        time.sleep(0.05)
    sys.exit("no page came")


def wait_for_people(data: Path) -> None:
    """Until the demo learners of a new site are there."""
    until = time.monotonic() + PATIENCE
    while not mark(data, "fill_with_people").exists():
        if time.monotonic() > until:
            sys.exit("no demo learners came")
        time.sleep(0.2)


def wait_for_silence(up: int) -> None:
    """Until jobs are done and the engine of Insights has ended by itself: for a while only processes that stay."""
    until = time.monotonic() + PATIENCE
    quiet_since = time.monotonic()
    while time.monotonic() < min(quiet_since + IDLE_AFTER, until):
        if any(word in command_of(one) for one in family_of(up) for word in COME_AND_GO):
            quiet_since = time.monotonic()
        time.sleep(0.2)


def memory(pid: int) -> Figures:
    """Proportional set size in MB: of everything, and of each part. Linux only."""
    parts = {"supervisor": pss([pid])}
    for child in children_of(pid):
        parts[name_of(child)] = pss(family_of(child))
    return {"idle_pss_mb": round(sum(parts.values()), 1), "idle_pss_mb_of": parts}


def name_of(pid: int) -> str:
    """Which part of the site a process is."""
    words = command_of(pid)
    signs = {"postgres": "db", "=wsgi": "web", "=asgi": "live", "worker": "worker", "insights": "insights"}
    return next((name for sign, name in signs.items() if sign in words), "other")


def command_of(pid: int) -> str:
    """How a process was started; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def free_port() -> int:
    """A port that nobody uses, nor the next one, where live updates go."""
    for port in range(18000, 19000, 2):
        with socket.socket() as pages, socket.socket() as live:
            try:
                pages.bind(("127.0.0.1", port))
                live.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    sys.exit("no two free ports")


if __name__ == "__main__":
    main()
