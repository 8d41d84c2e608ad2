"""How soon an open board shows what happens on the site: somebody enrols, and the counter of a real browser changes.

python -m bench.insights_live [--events 50] [--pause 1.0]

Starts a whole site with a hundred demo learners, opens /insights/ in Chromium, lets newcomers enrol one after another.
Prints one JSON object, and one line for people. A time runs from the click to the figure on the page.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from shutil import which
from statistics import median, quantiles
from typing import TypedDict, cast

from playwright.sync_api import Page, sync_playwright

from bench.load import TOKEN
from bench.site import ROOT, free_port, stoa
from stoa.run.environment import site_environment
from stoa.run.postgres.server import cluster_in

PATIENCE = 300.0
FOUND = 302
QUIET = 5
COURSE = "courses/first-steps-in-python"
EVENTS = 4
"""The place of the counter of events among those of /insights/overview/."""
WATCH = """place => {
    const figure = () => Number(document.querySelectorAll(".kpis .fig")[place].textContent.replace(/\\D/g, ""));
    window.seen = [{ figure: figure(), at: Date.now() }];
    const note = () => { if (figure() !== seen.at(-1).figure) seen.push({ figure: figure(), at: Date.now() }); };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    return figure();
}"""


class Newcomers(TypedDict):
    """The address of a run, and the session keys of learners who are not in it."""

    run: str
    sessions: list[str]


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
    with a_whole_site() as site, pages(site) as (board, counter):
        waits = measure(site, board, counter, events=options.events, pause=options.pause)
        said = board.locator(".as-of").inner_text()
    figures = {
        "load": round(os.getloadavg()[0], 1),
        "events": len(waits),
        **_spread("board", [one.board for one in waits]),
        **_spread("counter", [one.counter for one in waits]),
        "page_says": said,
    }
    print(json.dumps(figures))
    words = (
        "{events} events: in the counter of events after {counter_p50_s} s (p50), {counter_p95_s} s (p95); "
        "in the figures of the board after {board_p50_s} s (p50), {board_p95_s} s (p95); load {load}"
    )
    print(words.format(**figures), file=sys.stderr)


def _spread(name: str, waits: list[float]) -> dict[str, float]:
    p95 = quantiles(waits, n=20)[-1]
    return {
        f"{name}_p50_s": round(median(waits), 2),
        f"{name}_p95_s": round(p95, 2),
        f"{name}_most_s": round(max(waits), 2),
    }


@dataclass(frozen=True)
class Wait:
    """Seconds from a click to the counter of events, and to the figures of the board."""

    counter: float
    board: float


def measure(site: Up, board: Page, counter: Page, *, events: int, pause: float) -> list[Wait]:
    """Let newcomers enrol, and look when both pages show it."""
    made, chance = newcomers(site, events), Random(7)
    expected, _ = board.evaluate(WATCH, 0), counter.evaluate(WATCH, EVENTS)
    waits = []
    for session in made["sessions"]:
        expected += 1
        clicked = time.time()
        _enrol(site.port, made["run"], session)
        board.wait_for_function("wanted => seen.some(one => one.figure === wanted)", arg=expected, timeout=60_000)
        counted = board.evaluate("wanted => seen.find(one => one.figure === wanted).at", expected)
        ticked = counter.evaluate("clicked => seen.find(one => one.at > clicked)?.at", clicked * 1000)
        waits.append(Wait(counter=ticked / 1000 - clicked, board=counted / 1000 - clicked))
        time.sleep(pause * (0.5 + chance.random()))
    return waits


@contextmanager
def a_whole_site() -> Iterator[Up]:
    """`stoa up` with the course that ships, and people in it."""
    with tempfile.TemporaryDirectory(prefix="stoa-bench-") as folder:
        # The database's account, which is not root, passes through.
        Path(folder).chmod(0o711)
        data, port = Path(folder) / "data", free_port()
        words = Path(folder) / "up.log"
        command = [sys.executable, "-m", "stoa.cli", "--data", str(data), "up", "--bare", "--port", str(port)]
        with words.open("wb") as log:
            up = subprocess.Popen(command, cwd=ROOT, env=_bare(), stdout=log, stderr=log)
        try:
            _until(words, up)
            environment = _bare() | site_environment(data) | {"DATABASE_URL": cluster_in(data).url()}
            environment |= {"STOA_DATA": str(data)}
            stoa(environment, "import", str(ROOT / COURSE))
            stoa(environment, "demo", "--learners", "100")
            yield Up(port, environment)
        finally:
            up.terminate()
            up.wait(timeout=PATIENCE)


@contextmanager
def pages(site: Up) -> Iterator[tuple[Page, Page]]:
    """The board and the counters, each in a window of its own."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        board, counter = (browser.new_context(base_url=f"http://localhost:{site.port}").new_page() for _ in range(2))
        counter.goto("/insights/overview/")
        board.goto("/insights/")
        # What the demo learners did is still being counted.
        quiet, before = 0, ""
        while quiet < QUIET:
            time.sleep(1)
            now = (
                board.locator(".kpis .fig").first.inner_text() + counter.locator(".kpis .fig").nth(EVENTS).inner_text()
            )
            quiet, before = (quiet + 1, before) if now == before else (0, now)
        yield board, counter
        browser.close()


def newcomers(site: Up, count: int) -> Newcomers:
    """New learners, and the run for them."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.newcomers", str(count)],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        check=True,
    )
    return cast("Newcomers", json.loads(made.stdout))


def _enrol(port: int, run: str, session: str) -> None:
    head = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(HTTPConnection("localhost", port, timeout=30)) as line:
        line.request("POST", f"{run}enrolment/", headers=head)
        status = line.getresponse().status
    if status != FOUND:
        raise RuntimeError(f"Enrolling was answered by {status}.")


def _bare() -> dict[str, str]:
    own = {"DATABASE_URL", "STOA_DATA", "STOA_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in own} | {"PYTHONPATH": str(ROOT)}


def _until(words: Path, up: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and up.poll() is None:
        if "Stoa is at" in words.read_text():
            return
        time.sleep(0.2)
    raise TimeoutError(f"The site did not start:\n{words.read_text()}")


if __name__ == "__main__":
    main()
