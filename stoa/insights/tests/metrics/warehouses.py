"""Warehouses filled by hand: events and statements as ingest leaves them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.metrics.engines import ARROW
from stoa.insights.engine.metrics.making import columns_of
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse

SECOND, MINUTE, HOUR, DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
#: Monday 2024-01-01 00:00 UTC.
T0 = 19_723 * DAY
Value = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Event:
    """One row of silver."""

    course: int = 0
    learner: int = 0
    t: int = T0
    kind: Kind = Kind.PAGE
    object: int = -1
    chapter: int = -1
    a: int = -1
    b: int = -1
    flag: int = -1
    ip: int = -1


@dataclass
class World:
    """What a warehouse is to hold; things come in, in this order."""

    courses: list[str] = field(default_factory=lambda: ["course-v1:Org+A+1"])
    learners: list[str] = field(default_factory=lambda: ["ada"])
    objects: list[str] = field(default_factory=list)
    ips: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    statements: dict[str, list[Mapping[str, Value]]] = field(default_factory=dict)

    def say(self, part: str, *, t: int = T0, **values: Value) -> None:
        """State something; it comes after all that was stated before."""
        rows = self.statements.setdefault(f"statements/{part}", [])
        rows.append({**values, "t": t, "seq": sum(len(told) for told in self.statements.values())})

    def enrol(self, learner: int, course: int = 0, *, t: int = T0, mode: str = "honor", active: bool = True) -> None:
        """State an enrolment."""
        self.say("enrolments", t=t, course=course, learner=learner, active=active, mode=mode)

    def certify(self, learner: int, course: int = 0, *, t: int = T0, grade: float = 0.9) -> None:
        """State a certificate."""
        self.say("certificates", t=t, course=course, learner=learner, status="downloadable", mode="honor", grade=grade)


def silver_rows(events: Sequence[Event], first: int = 0) -> list[dict[str, int]]:
    """Events as rows of silver, sorted."""
    rows = [{**vars(event), "kind": int(event.kind), "seq": seq} for seq, event in enumerate(events, start=first)]
    return sorted(rows, key=lambda row: (row["course"], row["learner"], row["t"], row["seq"]))


def a_warehouse(folder: Path, world: World) -> Warehouse:
    """A warehouse that holds this."""
    warehouse = Warehouse(folder)
    with warehouse.alone(), warehouse.writing() as change:
        put(change, "silver", silver_rows(world.events))
        for kind in ("courses", "learners", "objects", "ips"):
            names: list[str] = getattr(world, kind)
            extra = {"user_id": None} if kind == "learners" else {}
            rows = [{"id": number, "name": name, **extra} for number, name in enumerate(names)]
            put(change, f"dictionaries/{kind}", rows)
        for part, said in world.statements.items():
            put(change, part, said)
    return warehouse


def more_events(warehouse: Warehouse, events: Sequence[Event], first: int) -> None:
    """Let further events come in."""
    with warehouse.alone(), warehouse.writing() as change:
        put(change, "silver", silver_rows(events, first))


def put(change: Change, part: str, rows: Sequence[Mapping[str, Value]]) -> None:
    """Add a file with these rows."""
    schema = pa.schema([(name, ARROW[kind]) for name, kind in columns_of(part).items()])
    path = change.new_file(part)
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path)
    change.add(part, path, rows=len(rows))


def rows_of(warehouse: Warehouse, part: str) -> list[dict[str, Value]]:
    """A part's rows, in its order."""
    found: list[dict[str, Value]] = []
    for path in warehouse.snapshot().files(part):
        found += pq.read_table(path).to_pylist()
    return found
