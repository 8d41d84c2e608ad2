"""Where links inside a course lead, the same in every run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from stoa.authoring.rules.media import address
from stoa.coursedoc import walking
from stoa.coursedoc.model import Course

SAFE = ("https:", "http:", "mailto:", "tel:")


@dataclass(frozen=True)
class Places:
    """The places of a course as addresses, relative to one of its steps."""

    assets: Mapping[str, str] = field(default_factory=dict)
    """Name to sha256."""
    steps: Mapping[str, str] = field(default_factory=dict)
    """Id of a step, lesson or item, with its kind before it, to the id of the step that shows it."""
    pages: frozenset[str] = frozenset()
    root: str = "../"
    """Where the steps lie, seen from the page that holds the link."""
    course: str = "../../../../"
    """Where the course lies, seen from there."""
    run: str = "../../"
    """Where the run lies; the course itself where the reader's run isn't known."""

    def __call__(self, link: str) -> str | None:
        """The final address; None where it leads nowhere."""
        kind, _, rest = link.partition(":")
        name, mark, fragment = rest.partition("#")
        tail = mark + fragment
        if kind == "asset":
            return self.asset(name)
        if kind in {"item", "step", "lesson"}:
            return self._step(kind, name, tail)
        if kind == "course":
            return self._side(name, tail)
        if kind == "page":
            return f"{self.course}pages/{quote(name, safe='')}/{tail}" if name in self.pages else None
        return link if link.startswith((*SAFE, "#", "data:image/")) else None

    def asset(self, name: str) -> str | None:
        """The address of a file of the course."""
        sha256 = self.assets.get(name)
        return address(sha256, name) if sha256 else None

    def _side(self, name: str, tail: str) -> str | None:
        """A page beside the lessons: of the run, of the course, or of the site."""
        progress = f"{self.run}progress/" if self.run != self.course else self.course
        places = {"home": self.run, "progress": progress, "forum": "/forum/", "about": self.course}
        return places[name] + tail if name in places else None

    def _step(self, kind: str, name: str, tail: str) -> str | None:
        step = self.steps.get(f"{kind}:{name}")
        if step is None:
            return None
        anchor = tail or (f"#item-{quote(name, safe='')}" if kind == "item" else "")
        return f"{self.root}{quote(step, safe='')}/{anchor}"


def places_of(course: Course, *, assets: Mapping[str, str], home: str = "") -> Places:
    """The places of the course: as seen from the steps of any run, or from anywhere by the course's own address."""
    steps: dict[str, str] = {}
    for place in walking.steps(course):
        steps[f"step:{place.step.id}"] = place.step.id
        steps.setdefault(f"lesson:{place.lesson.id}", place.step.id)
        steps.setdefault(f"module:{place.module.id}", place.step.id)
        for item in walking.items(place.step):
            steps.setdefault(f"item:{item.id}", place.step.id)
    pages = frozenset(page.id for page in course.pages if not page.hidden)
    if home:
        return Places(assets=assets, steps=steps, pages=pages, root=f"{home}steps/", course=home, run=home)
    return Places(assets=assets, steps=steps, pages=pages)
