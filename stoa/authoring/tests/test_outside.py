import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from stoa.accounts.tests.makers import a_learner
from stoa.authoring import actions, queries
from stoa.authoring.actions.web import PublicWeb, is_public
from stoa.authoring.models import OutsideAddress
from stoa.authoring.rules.outside import Answer, Standing
from stoa.authoring.tests.makers import MONDAY, a_published_run
from stoa.catalogue.actions import teach
from stoa.catalogue.models import Run
from stoa.coursedoc.model import Course, Lesson, Module, OutsideResource, Step

TUESDAY = MONDAY + timedelta(days=1)
WORDS = " ".join(f"column {n} holds the roof" for n in range(60))
LOOPBACK = PublicWeb(allowed=lambda _address: True, ports=None)


class Site(BaseHTTPRequestHandler):
    """A site with a page, a page that moved, a circle, a fault and nothing else."""

    words = WORDS

    def do_GET(self) -> None:
        moves = {
            "/old": (301, "/page"),
            "/once": (302, "/page"),
            "/circle": (302, "/circle"),
            "/in": (302, "//10.0.0.1/"),
        }
        if self.path in moves:
            status, onward = moves[self.path]
            self.send_response(status)
            self.send_header("Location", onward)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status = {"/page": 200, "/fault": 503}.get(self.path, 404)
        body = f"<html><script>{id(self)}</script><p>{self.words}</p></html>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep the output of tests to tests."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def a_run_that_leads_to(*urls: str) -> Run:
    items = tuple(OutsideResource(id=f"o{n}", title=f"Place {n}", url=url) for n, url in enumerate(urls))
    step = Step(id="elsewhere", title="Elsewhere", items=items)
    lesson = Lesson(id="l", title="Lesson", steps=(step,))
    return a_published_run(
        document=Course(id="c", title="Columns", modules=(Module(id="m", title="M", lessons=(lesson,)),))
    )


def silent(_done: int, _of: int) -> None:
    """For who does not watch."""


@pytest.mark.parametrize(
    ("path", "standing"),
    [
        ("/page", Standing.ANSWERS),
        ("/old", Standing.MOVED),
        ("/once", Standing.ANSWERS),
        ("/gone", Standing.MISSING),
        ("/fault", Standing.FAILING),
        ("/circle", Standing.FAILING),
    ],
)
@pytest.mark.django_db
def test_each_address_is_found_as_it_is(site: str, path: str, standing: Standing) -> None:
    run = a_run_that_leads_to(site + path)

    actions.look_at_all(web=LOOPBACK, at=MONDAY, progress=silent)

    (line,) = queries.outside_of(run.course)
    assert line.known
    assert line.known.standing is standing
    assert bool(line.known.moved_to) is (standing is Standing.MOVED)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1"],
)
def test_addresses_of_no_public_machine_are_told_apart(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_public() -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize("url", ["/page", "/in"])
def test_nobody_reaches_this_machine_s_own_network_through_a_course(site: str, url: str) -> None:
    inward = PublicWeb(allowed=lambda address: address == "127.0.0.1" and url == "/in", ports=None)

    assert inward.ask(site + url).refused


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "https://me:secret@example.org/", "http://"]
)
def test_only_plain_addresses_of_the_web_are_opened(url: str) -> None:
    assert LOOPBACK.ask(url).refused


def test_a_host_with_one_inner_address_among_public_ones_is_refused(site: str) -> None:
    two_faced = PublicWeb(resolver=lambda _host, _port: ["93.184.215.14", "127.0.0.1"])

    assert two_faced.ask("http://two.example/").refused


def test_a_name_that_nobody_has_is_missing() -> None:
    assert LOOPBACK.ask("http://nobody.invalid/").missing


@dataclass(frozen=True)
class Fixed:
    """A web where every address answers alike."""

    answer: Answer

    def ask(self, url: str) -> Answer:
        """The one answer, for any address."""
        assert url
        return self.answer


@pytest.mark.req("R134")
@pytest.mark.django_db
def test_the_lesson_warns_of_a_resource_that_is_gone_for_two_nights(client: Client) -> None:
    run = a_run_that_leads_to("https://gone.example/")
    reader = a_learner()
    client.force_login(reader)
    client.post(f"/courses/{run.course.slug}/runs/{run.code}/enrolment/")
    lesson = f"/courses/{run.course.slug}/runs/{run.code}/steps/elsewhere/"

    actions.look_at_all(web=Fixed(Answer(status=404)), at=MONDAY, progress=silent)
    quiet = client.get(lesson).content.decode()
    actions.look_at_all(web=Fixed(Answer(status=404)), at=TUESDAY, progress=silent)
    warned = client.get(lesson).content.decode()

    assert "did not answer" not in quiet
    assert "This resource did not answer when we last looked." in warned


@pytest.mark.req("R134")
@pytest.mark.django_db
def test_the_team_sees_a_changed_page_and_accepts_it(
    client: Client, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a_run_that_leads_to(f"{site}/page")
    instructor = a_learner()
    teach(course=run.course, person=instructor)
    client.force_login(instructor)
    page = f"/courses/{run.course.slug}/outside-resources/"
    actions.look_at_all(web=LOOPBACK, at=MONDAY, progress=silent)
    monkeypatch.setattr(Site, "words", "Another text on other things. " * 40)
    actions.look_at_all(web=LOOPBACK, at=TUESDAY, progress=silent)

    changed = client.get(page).content.decode()
    client.post(page, {"url": f"{site}/page"})
    accepted = client.get(page).content.decode()

    assert "Its words have changed much since" in changed
    assert "Its words have changed much since" not in accepted


@pytest.mark.django_db
def test_learners_do_not_see_the_team_s_page(client: Client) -> None:
    run = a_run_that_leads_to("https://example.org/")
    client.force_login(a_learner())

    assert client.get(f"/courses/{run.course.slug}/outside-resources/").status_code == 404


@pytest.mark.django_db
def test_addresses_that_no_run_leads_to_are_forgotten() -> None:
    OutsideAddress.objects.create(url="https://old.example/")
    a_run_that_leads_to("https://example.org/")

    looked = actions.look_at_all(web=Fixed(Answer(status=200)), at=MONDAY, progress=silent)

    assert [one.url for one in looked] == ["https://example.org/"]
    assert list(OutsideAddress.objects.values_list("url", flat=True)) == ["https://example.org/"]
