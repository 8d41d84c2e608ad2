"""Somebody of an organisation brings in a course: watches it come, pauses it, publishes it or takes it back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from stoa.coursedoc.formats.olx.tests.makers import COURSE, a_tar
from tests.journeys.conftest import Open, Site
from tests.journeys.people import sign_in

pytestmark = pytest.mark.journey

PATIENCE = 60_000
# Remembers what the live service says, so that polling alone can't pass for it.
EAR = """
window.heard = 0;
const Plain = EventSource;
window.EventSource = class extends Plain {
  constructor(address) { super(address); this.addEventListener("moved", () => { window.heard += 1; }); }
};
"""


def an_archive(folder: Path, name: str) -> Path:
    words = "<p>Words.</p>" * 20
    steps = "".join(
        f'<vertical url_name="v{n}" display_name="Step {n}"><html url_name="h{n}"><![CDATA[{words}]]></html></vertical>'
        for n in range(300)
    )
    outline = f'<chapter url_name="c"><sequential url_name="s" display_name="Lesson">{steps}</sequential></chapter>'
    files = {
        "course/course.xml": COURSE.replace("C1", name),
        "course/course/r1.xml": f'<course display_name="{name}">{outline}</course>',
    }
    archive = folder / f"{name}.tar.gz"
    a_tar(archive, files)
    return archive


def send(page: Page, archive: Path) -> None:
    page.goto("/imports/")
    page.set_input_files("input[name=file]", archive)
    page.locator("main form[enctype] button").click()
    page.wait_for_url("**/imports/*/")


def test_an_import_is_watched_live_and_published(visitor: Open, site: Site, tmp_path: Path) -> None:
    page = visitor()
    page.add_init_script(EAR)
    sign_in(page, site, "admin@stoa.example")

    send(page, an_archive(tmp_path, "Live"))
    expect(page.locator("#state")).to_have_text("Ready", timeout=PATIENCE)
    heard = page.evaluate("window.heard")
    page.locator("form[action$='/publication/'] button").click()

    assert heard > 0
    expect(page.locator("h1")).to_contain_text("Live")


def test_without_scripts_an_import_is_paused_goes_on_and_is_taken_back(
    visitor: Open, site: Site, tmp_path: Path
) -> None:
    page = visitor(scripts=False)
    sign_in(page, site, "admin@stoa.example")

    send(page, an_archive(tmp_path, "Plain"))
    page.locator("form[action$='/pause/'] button").click()
    expect(page.locator("#import [role=status]")).to_have_text("paused")
    page.locator("form[action$='/resumption/'] button").click()
    # The page asks by itself, as its head says.
    expect(page.locator("#state")).to_have_text("Ready", timeout=PATIENCE)
    page.locator("form[action$='/undoing/'] button").click()

    expect(page.locator("#state")).to_have_text("Undone")
