"""A whole Stoa of its own, as `bin/up` starts it, and a real Chromium."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from stoa.run.tests.folders import data_folder
from tests.journeys.checkers import Nu, nu_checker
from tests.starting.sites import free_ports

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OWN = {"DATABASE_URL", "STOA_DATA", "STOA_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process makes all journeys: they share one site and one browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("journeys"))


@dataclass
class Site:
    """A running Stoa: where it is, and who may sign in."""

    address: str
    data: Path
    said: list[str] = field(default_factory=list)

    def password(self, email: str) -> str:
        """What the first start printed for this account."""
        found = re.search(rf"^\s+{re.escape(email)}\s+(\S+)$", "".join(self.said), re.MULTILINE)
        assert found, f"no password for {email} was printed:\n{''.join(self.said)}"
        return found[1]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Stoa with the course that ships and its demo learners, on a port of its own."""
    # Root's own temporary folders are closed to the account that runs the database.
    with data_folder("stoa-journeys-") as data:
        yield from _running(Site(address="", data=data))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the journeys are skipped, but never in CI."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Chromium, so no journey was made: install Debian's package chromium")
        pytest.skip("no Chromium here, so the journeys are not made (Debian: apt install chromium)")
    # Playwright runs a loop of its own in the test's thread, which Django would refuse to work beside.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def nu() -> Iterator[Nu | None]:
    """The Nu HTML checker, or None where there is no Java."""
    fetched = subprocess.run(
        [sys.executable, "-m", "tools.nu.fetch"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if fetched.returncode:
        assert not os.environ.get("CI"), fetched.stdout + fetched.stderr
        yield None
        return
    with nu_checker(Path(fetched.stdout.strip())) as checker:
        yield checker


Open = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Open]:
    """Opens windows: `visitor(width=360, scripts=False, language="ar", dark=True)`.

    Console errors fail the test, unless the window is forgiving: a page that isn't there is one.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def window(
        *, width: int = 1280, scripts: bool = True, language: str = "en", dark: bool = False, forgiving: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 740 if width < 600 else 900},
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=scripts,
            has_touch=width < 600,
            timezone_id="Africa/Nairobi",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if not forgiving:
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield window
    for context in contexts:
        context.close()
    assert errors == []


def _running(site: Site) -> Iterator[Site]:
    port = free_ports()
    site.address = f"http://localhost:{port}"
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    up = subprocess.Popen(
        [sys.executable, "-m", "stoa.cli", "--data", str(site.data), "up", "--port", str(port)],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    listener = threading.Thread(target=_listen, args=(up, site.said))
    listener.start()
    try:
        _wait_until_up(up, site)
        yield site
    finally:
        up.terminate()
        up.wait(timeout=30)
        listener.join()


def _listen(up: subprocess.Popen[str], said: list[str]) -> None:
    assert up.stdout is not None
    with up.stdout as lines:
        for line in lines:
            said.append(line)  # noqa: PERF402 -- line by line, as it is said


def _wait_until_up(up: subprocess.Popen[str], site: Site) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and up.poll() is None:
        if any("new quiz attempts" in line for line in site.said):
            return
        time.sleep(0.2)
    pytest.fail(f"Stoa did not start:\n{''.join(site.said)}")
