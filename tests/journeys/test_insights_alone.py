"""Insights with no site around it: an open board follows the warehouse, whoever writes into it."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from stoa.insights.engine.demo.making import make
from stoa.insights.tests.media_logs import tries
from tests.journeys.checkers import Nu, axe_faults
from tests.journeys.conftest import OWN, ROOT
from tests.starting.sites import free_ports

pytestmark = [pytest.mark.journey, pytest.mark.req("R085")]
SOON = 60_000
PATIENCE = 120


def insights(*words: str) -> None:
    said, _ = (running := run(words)).communicate(timeout=180)
    assert running.returncode == 0, said


def run(words: Sequence[str]) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if name not in OWN} | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "stoa.cli", "insights", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def served(warehouse: Path) -> Iterator[str]:
    port = free_ports()
    serving = run(["serve", "--warehouse", str(warehouse), "--port", str(port)])
    assert serving.stdout is not None
    try:
        assert "Insights is at" in serving.stdout.readline()
        until_it_answers(f"http://localhost:{port}/insights/")
        yield f"http://localhost:{port}"
    finally:
        serving.terminate()
        serving.wait(timeout=30)
        serving.stdout.close()


def until_it_answers(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 -- our own server
            if answer.status == HTTPStatus.OK:
                return
        time.sleep(0.5)
    raise AssertionError(f"{address} did not answer")


def test_an_open_board_follows_a_warehouse_that_grows(browser: Browser, tmp_path: Path, nu: Nu | None) -> None:
    make(tmp_path, events=3000, seed=3, tell=lambda _: None)
    warehouse = tmp_path / "w"
    insights("ingest", "--warehouse", str(warehouse), str(tmp_path / "logs"))
    insights("build", "--warehouse", str(warehouse))
    with served(warehouse) as address:
        page = browser.new_context(base_url=address).new_page()
        page.goto("/insights/")
        page.evaluate("window.sameVisit = true")
        before = int(re.sub(r"\D", "", page.locator(".kpis .fig").first.inner_text()))
        assert page.locator("[data-fresh]").get_attribute("data-live") is None
        assert axe_faults(page) == []
        assert nu is None or nu.faults(page.context.request.get(page.url).text()) == []

        yesterday = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M:%S}"
        more = tmp_path / "more.log"
        more.write_text("".join(f"{line}\n" for line in tries(1, well=20, badly=0, first=700_000, at=yesterday)))
        insights("ingest", "--warehouse", str(warehouse), str(more))
        insights("build", "--warehouse", str(warehouse))

        expect(page.locator(".kpis .fig").first).to_have_text(f"{before + 20:,}", timeout=SOON)
        assert page.evaluate("window.sameVisit")
        page.context.close()
