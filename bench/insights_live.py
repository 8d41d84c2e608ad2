"""How soon an open board shows what happens on the site: somebody enrols, and the counter of a real browser changes.

python -m bench.insights_live [--events 50] [--pause 1.0]

Starts a whole site with its demo learners, opens /insights/ in Chromium, lets new learners enrol one after another.
Prints one JSON object, and one line for people. A time runs from the click to the figure on the page.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from shutil import which
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from bench.load import TOKEN
from bench.site import ROOT, free_port
from stoa.run.environment import site_environment
from stoa.run.postgres.server import cluster_in

PATIENCE = 300.0
FOUND = 302
QUIET = 5
RUN = "/courses/first-steps-in-python/runs/1/"
WATCH = """() => {
    const figure = () => Number(document.querySelector(".kpis .fig").textContent.replace(/\\D/g, ""));
    window.seen = {};
    const note = () => { window.seen[figure()] ??= Date.now(); };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    return figure();
}"""


@dataclass(frozen=True)
class Up:
    """A running site."""

    port: int
    environment: dict[str, str]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two of them, about")
    options = parser.parse_args()
    with a_whole_site() as site, board(site) as page:
        waits = measure(site, page, events=options.events, pause=options.pause)
        said = page.locator(".as-of").inner_text()
    figures = {
        "events": len(waits),
        "first_s": round(waits[0], 2),
        "p50_s": round(median(waits), 2),
        "p95_s": round(quantiles(waits, n=20)[-1], 2),
        "slowest_s": round(max(waits), 2),
        "page_says": said,
    }
    print(json.dumps(figures))
    words = "{events} events: on the open board after {p50_s} s (p50), {p95_s} s (p95), {slowest_s} s at most"
    print(words.format(**figures), file=sys.stderr)


def measure(site: Up, page: Page, *, events: int, pause: float) -> list[float]:
    """Seconds from each click to its figure."""
    sessions, chance = people(site, events), Random(7)
    expected = page.evaluate(WATCH)
    waits = []
    for session in sessions:
        expected += 1
        clicked = time.time()
        _enrol(site.port, session)
        page.wait_for_function("wanted => window.seen[wanted]", arg=expected, timeout=60_000)
        waits.append(page.evaluate("wanted => window.seen[wanted]", expected) / 1000 - clicked)
        time.sleep(pause * (0.5 + chance.random()))
    return waits


@contextmanager
def a_whole_site() -> Iterator[Up]:
    """`stoa up` with the course that ships and its demo learners."""
    with tempfile.TemporaryDirectory(prefix="stoa-bench-") as folder:
        # The database's account, which is not root, passes through.
        Path(folder).chmod(0o711)
        data, port = Path(folder) / "data", free_port()
        words = Path(folder) / "up.log"
        command = [sys.executable, "-m", "stoa.cli", "--data", str(data), "up", "--port", str(port)]
        with words.open("wb") as log:
            up = subprocess.Popen(command, cwd=ROOT, env=_bare(), stdout=log, stderr=log)
        try:
            _until(words, up)
            yield Up(port, _bare() | site_environment(data) | {"DATABASE_URL": cluster_in(data).url()})
        finally:
            up.terminate()
            up.wait(timeout=PATIENCE)


@contextmanager
def board(site: Up) -> Iterator[Page]:
    """The board in a browser."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(base_url=f"http://localhost:{site.port}")
        page.goto("/insights/")
        # What the demo learners did is still being counted.
        quiet, before = 0, ""
        while quiet < QUIET:
            time.sleep(1)
            now = page.locator(".kpis .fig").first.inner_text()
            quiet, before = (quiet + 1, before) if now == before else (0, now)
        yield page
        browser.close()


def people(site: Up, count: int) -> Sequence[str]:
    """Session keys of new learners."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.newcomers", str(count)],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        check=True,
    )
    found: list[str] = json.loads(made.stdout)
    return found


def _enrol(port: int, session: str) -> None:
    head = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(HTTPConnection("localhost", port, timeout=30)) as line:
        line.request("POST", f"{RUN}enrolment/", headers=head)
        status = line.getresponse().status
    if status != FOUND:
        raise RuntimeError(f"Enrolling was answered by {status}.")


def _bare() -> dict[str, str]:
    own = {"DATABASE_URL", "STOA_DATA", "STOA_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in own} | {"PYTHONPATH": str(ROOT)}


def _until(words: Path, up: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and up.poll() is None:
        if "new quiz attempts" in words.read_text():
            return
        time.sleep(0.2)
    raise TimeoutError(f"The site did not start:\n{words.read_text()}")


if __name__ == "__main__":
    main()
