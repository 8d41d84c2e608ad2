"""kill -9 of each process while others write: whatever was acknowledged is there afterwards."""

import http.client
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import psutil
import psycopg
import pytest

from stoa.run.postgres.cluster import address_in
from stoa.run.tests.folders import data_folder
from tests.starting.sites import PATIENCE, Up, passwords, until, up
from tests.starting.test_up import second

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]
UNDER_WAY = 20
"""So many are acknowledged before each kill, and after it."""


class Counter(Thread):
    """Counts upwards by `write`, again and again; remembers what was acknowledged."""

    def __init__(self, write: Callable[[int], bool]) -> None:
        super().__init__(daemon=True)
        self._write = write
        self._ending = Event()
        self.tried = 0
        self.acknowledged: list[int] = []

    def run(self) -> None:
        while not self._ending.is_set():
            self.tried += 1
            try:
                if self._write(self.tried):
                    self.acknowledged.append(self.tried)
            except (OSError, http.client.HTTPException, psycopg.Error):
                time.sleep(0.05)

    def end(self) -> None:
        self._ending.set()
        self.join(timeout=PATIENCE)
        assert not self.is_alive()


class Rows:
    """Counts in rows of the site's database, one transaction each."""

    def __init__(self, data: Path) -> None:
        self._address = address_in(data)
        self._line: psycopg.Connection | None = None
        with psycopg.connect(self._address) as line:
            line.execute("CREATE TABLE counted (n integer PRIMARY KEY)")

    def write(self, n: int) -> bool:
        try:
            if self._line is None:
                self._line = psycopg.connect(self._address, autocommit=True, connect_timeout=5)
            self._line.execute("INSERT INTO counted VALUES (%s)", [n])
        except psycopg.Error:
            self._line = None
            raise
        return True

    def kept(self) -> set[int]:
        with psycopg.connect(self._address) as line:
            return {int(n) for (n,) in line.execute("SELECT n FROM counted")}


class Browser:
    """Somebody who opens pages and sends forms, a connection each."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._cookies: SimpleCookie = SimpleCookie()

    def ask(self, method: str, path: str, **fields: str) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as asking:
            cookies = "; ".join(f"{name}={one.value}" for name, one in self._cookies.items())
            token = {"X-CSRFToken": self._cookies["csrftoken"].value} if "csrftoken" in self._cookies else {}
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            headers = {"Host": f"localhost:{self.port}", "Cookie": cookies, **kind, **token}
            asking.request(method, path, urlencode(fields) if fields else None, headers)
            answer = asking.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self._cookies.load(cookie)
            return answer.status, answer.read().decode()

    def sign_in(self, address: str, password: str) -> None:
        self.ask("GET", "/accounts/login/")
        assert self.ask("POST", "/accounts/login/", login=address, password=password)[0] == 302

    def change_name(self, n: int) -> bool:
        return self.ask("POST", "/preferences/", display_name=f"Number {n}", time_zone="UTC")[0] == 302

    def name(self) -> int:
        found = re.search(r'name="display_name" value="Number (\d+)"', self.ask("GET", "/preferences/")[1])
        return int(found[1]) if found else 0

    def look(self, n: int) -> bool:
        return self.ask("GET", f"/catalogue/?n={n}")[0] == 200


@pytest.fixture(scope="module")
def begun() -> Iterator[tuple[Path, str]]:
    """The folder of a site that was started once, and the password of its learner."""
    with data_folder() as folder:
        with up(folder) as first:
            said = first.said()
        yield folder, passwords(said)[1]


@pytest.fixture
def data(begun: tuple[Path, str]) -> Path:
    return begun[0]


def test_nothing_acknowledged_is_lost_whichever_process_is_killed(begun: tuple[Path, str]) -> None:
    data, password = begun
    with up(data) as site:
        learner, visitor, rows = Browser(site.port), Browser(site.port), Rows(data)
        learner.sign_in("learner@stoa.example", password)
        counters = [Counter(rows.write), Counter(learner.change_name), Counter(visitor.look)]
        for counter in counters:
            counter.start()
        for name in ("web", "db", "worker", "live"):
            wait_for_more(counters, site)
            kill(site, name)
        wait_for_more(counters, site)
        everything = site.everything()
        site.process.kill()
        psutil.wait_procs(everything, timeout=PATIENCE)
        for counter in counters:
            counter.end()

    with up(data, port=site.port):
        by_rows, by_name, by_page = counters
        assert set(by_rows.acknowledged) <= rows.kept()
        assert by_name.acknowledged[-1] <= learner.name() <= by_name.tried
        assert set(by_page.acknowledged) <= looked_at(data)


def test_a_second_site_gets_no_port_while_the_first_one_starts_its_pages_again(data: Path) -> None:
    with up(data) as site, data_folder() as other:
        web = site.part("web")
        web.kill()
        refused = second(other, site.port)

        assert refused.returncode == 3
        assert f"Port {site.port} on 127.0.0.1 can't be used" in refused.stderr
        until(lambda: site.status() == 200, site)


def test_workers_let_go_of_the_port_when_all_above_them_are_killed(data: Path) -> None:
    with up(data) as site:
        everything = site.everything()
        mains = [site.part("web"), site.part("live")]
        site.process.kill()
        for main in mains:
            with suppress(psutil.NoSuchProcess):
                main.kill()

        _, left = psutil.wait_procs(everything, timeout=PATIENCE)
        assert left == []
        for port in (site.port, site.port + 1):
            with socket.socket() as free:
                free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                free.bind(("127.0.0.1", port))


def kill(site: Up, name: str) -> None:
    """Kill a part, and wait until the next process of it is there."""
    killed = site.part(name)
    killed.kill()
    until(lambda: f"{name} (process {killed.pid}) " in site.said(), site)
    until(lambda: f"{name} runs again as process {site.part(name).pid}" in site.said(), site)


def wait_for_more(counters: list[Counter], site: Up) -> None:
    """Until each counter has got further."""
    before = [len(counter.acknowledged) for counter in counters]
    until(
        lambda: all(len(one.acknowledged) >= had + UNDER_WAY for one, had in zip(counters, before, strict=True)), site
    )


def looked_at(data: Path) -> set[int]:
    """The numbers of the pages that the event spool tells of."""
    spooled = "".join(path.read_text() for path in (data / "spool").rglob("*.log"))
    return {int(n) for n in re.findall(r'"n": \["(\d+)"\]', spooled)}
