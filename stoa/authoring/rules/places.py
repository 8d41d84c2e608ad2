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

    def __call__(self, link: str) -> str | None:
        """The final address; None where it leads nowhere."""
        kind, _, rest = link.partition(":")
        name, mark, fragment = rest.partition("#")
        tail = mark + fragment
        if kind == "asset":
            return self.asset(name)
        if kind in {"item", "step", "lesson"}:
            return self._step(kind, name, tail)
        if kind == "page":
            return f"{self.course}pages/{quote(name, safe='')}/{tail}" if name in self.pages else None
        return link if link.startswith((*SAFE, "#", "data:image/")) else None

    def asset(self, name: str) -> str | None:
        """The address of a file of the course."""
        sha256 = self.assets.get(name)
        return address(sha256, name) if sha256 else None

    def _step(self, kind: str, name: str, tail: str) -> str | None:
        step = self.steps.get(f"{kind}:{name}")
        if step is None:
            return None
        anchor = tail or (f"#item-{quote(name, safe='')}" if kind == "item" else "")
        return f"{self.root}{quote(step, safe='')}/{anchor}"


def places_of(course: Course, *, assets: Mapping[str, str], root: str = "../", at: str = "../../../../") -> Places:
    """The places of the course: by default as seen from its steps."""
    steps: dict[str, str] = {}
    for place in walking.steps(course):
        steps[f"step:{place.step.id}"] = place.step.id
        steps.setdefault(f"lesson:{place.lesson.id}", place.step.id)
        steps.setdefault(f"module:{place.module.id}", place.step.id)
        for item in walking.items(place.step):
            steps.setdefault(f"item:{item.id}", place.step.id)
    return Places(
        assets=assets,
        steps=steps,
        pages=frozenset(page.id for page in course.pages if not page.hidden),
        root=root,
        course=at,
    )
