"""What every page must pass: axe, the Nu HTML checker, no sideways scroll, no console error."""

import json
import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PATIENCE = 60
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')


class Nu:
    """The Nu HTML checker as a service on loopback: half a second a page instead of three; none for what it knows."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/?out=json"
        self._known: dict[str, list[str]] = {}

    def faults(self, html: str) -> list[str]:
        """Errors and warnings, as `line: message`."""
        # A page in the dark has the source of the page in the light, but for the token of its forms.
        same = _TOKEN.sub("", html)
        if same not in self._known:
            self._known[same] = self._found(html)
        return self._known[same]

    def _found(self, html: str) -> list[str]:
        request = urllib.request.Request(  # noqa: S310 -- an address on loopback
            self.address, data=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 -- our own server
            messages = json.load(answer)["messages"]
        return [
            f"{message.get('lastLine', 0)}: {message['message']} {message.get('extract', '')!r}"
            for message in messages
            if message["type"] == "error" or message.get("subType") == "warning"
        ]


@contextmanager
def nu_checker(jar: Path) -> Iterator[Nu]:
    """The checker, started and stopped."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    call = ["java", "-Xss4m", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(jar)]
    server = subprocess.Popen(
        [*call, "nu.validator.servlet.Main", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield Nu(port)
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def axe_faults(page: Page) -> list[str]:
    """What axe finds on the page, as `rule: where`."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the Nu HTML checker did not start: is Java installed?")


def picture(page: Page, name: str) -> None:
    """Keep a picture where STOA_PICTURES says, for those who want to look."""
    if folder := os.environ.get("STOA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
