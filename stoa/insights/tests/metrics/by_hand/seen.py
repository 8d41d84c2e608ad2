"""What is counted: the events and statements of a world, and its registrations as person_course has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from stoa.insights.engine.kinds import COURSEWARE, NO_ACTS
from stoa.insights.tests.metrics.warehouses import DAY, Event, Value, World

Cell = Value | date
Row = Mapping[str, Cell]
Rows = list[dict[str, Cell]]


@dataclass(frozen=True)
class Seen:
    """A world and its registrations."""

    world: World
    registrations: Sequence[Row]

    @property
    def people(self) -> list[Row]:
        """Registrations without the team."""
        return [row for row in self.registrations if row["roles"] is None]

    @property
    def as_of(self) -> int:
        """When the last event was."""
        return max(event.t for event in self.world.events)

    @property
    def today(self) -> int:
        """When its day began."""
        return self.as_of // DAY * DAY

    def team(self) -> set[tuple[Cell, Cell]]:
        """Whose acts count nowhere."""
        return {(row["course"], row["learner"]) for row in self.world.statements.get("statements/roles", [])}

    def acts(self) -> list[Event]:
        """Acts without those of the team, in the order of time; of two at once that which came in first."""
        team = self.team()
        found = [(event.t, seq, event) for seq, event in enumerate(self.world.events)]
        return [
            event
            for _, _, event in sorted(found, key=lambda one: one[:2])
            if event.course >= 0
            and event.learner >= 0
            and event.kind not in NO_ACTS
            and (event.course, event.learner) not in team
        ]

    def opened(self) -> list[Event]:
        """Acts of courseware about a block or page."""
        return [event for event in self.acts() if event.kind in COURSEWARE and event.object >= 0]

    def blocks(self, course: int) -> list[Row]:
        """What a course is made of."""
        return [row for row in self.world.statements.get("statements/blocks", []) if row["course"] == course]

    def block(self, course: int, number: int) -> Row:
        """A block; nothing where it is not described."""
        return next((row for row in self.blocks(course) if row["object"] == number), {})

    def facts(self, course: int) -> dict[str, str]:
        """What is said of a course."""
        said = self.world.statements.get("statements/courses", [])
        return {str(row["field"]): str(row["value"]) for row in said if row["course"] == course}

    def ids(self, course: int, number: int | None = None) -> dict[str, Cell]:
        """The first columns of a row."""
        told: dict[str, Cell] = {"course": course, "course_id": self.world.courses[course]}
        return told if number is None else {**told, "object": number}


def share(part: int, whole: int) -> float | None:
    """A quotient, nothing where there is nobody."""
    return part / whole if whole else None


def quantile(values: Iterable[float], place: int) -> float | None:
    """A quantile of hundred, as numpy and R have it."""
    some = sorted(values)
    if len(some) < 2:
        return float(some[0]) if some else None
    return quantiles(some, n=100, method="inclusive")[place - 1]


def whole(value: Cell) -> int:
    """A number that is known to be one."""
    assert isinstance(value, int)
    return value
