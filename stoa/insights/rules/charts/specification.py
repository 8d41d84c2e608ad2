"""What a chart is drawn from: one JSON document that says what is shown, of whom, by which rules, from which data."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Final

FORMAT: Final = "stoa-insights-chart/1"


class Kind(StrEnum):
    """How a chart shows its rows."""

    BARS = "bars"
    PIE = "pie"
    MAP = "map"
    LINES = "lines"
    SPARK = "spark"
    FUNNEL = "funnel"
    DAYS = "days"
    COLONNADE = "colonnade"
    HEAT = "heat"


class Malformed(ValueError):
    """This is no chart specification that this version of Stoa can draw."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One bar, slice, country, day or step. A value of None is hidden: it is about too few people."""

    key: str
    label: str
    value: float | None
    of: int | None = None
    """The row's own denominator where the value is a part of it; the chart shows the share then."""
    series: str = ""
    mark: str = ""
    """`chosen`, `unknown`, `beside` (to compare with), `worst`, `recent`, `week` (one begins), or words above it."""


@dataclass(frozen=True, kw_only=True)
class Method:
    """How the figures are counted."""

    definition: str
    unit: str
    denominator: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a drawing says beside the rows, in the language of the specification."""

    hidden: str
    unknown: str = ""
    note: str = ""
    foot: str = ""
    per_cent: bool = False
    """The rows' shares are the figure, their values stand beside it."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart with everything that its drawing depends on."""

    kind: Kind
    name: str
    title: str
    caption: str
    denominator: str
    n: int | None
    unknown: int | None = None
    estimated: bool = False
    rows: tuple[Row, ...] = ()
    choice: tuple[tuple[str, str], ...] = ()
    view: str = "public"
    as_of: str = ""
    data_version: int = 0
    code_version: str = ""
    language: str = "en"
    direction: str = "ltr"
    method: Method
    words: Words
    format: str = field(default=FORMAT)

    @property
    def largest(self) -> float:
        """The largest value that is shown, 1 where there is none."""
        return max((row.value for row in self.rows if row.value), default=0) or 1

    @property
    def right_to_left(self) -> bool:
        """True where one reads from right to left."""
        return self.direction == "rtl"


def written(chart: Chart) -> str:
    """The specification as text: the same chart gives the same bytes."""
    return json.dumps(asdict(chart), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(text: str) -> Chart:
    """The chart that a specification describes."""
    try:
        given = json.loads(text)
    except ValueError as broken:
        raise Malformed(str(broken)) from broken
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise Malformed(f"the format is not {FORMAT}")
    try:
        return Chart(
            **{key: value for key, value in given.items() if key in _PLAIN},
            kind=Kind(given["kind"]),
            rows=tuple(_row(row) for row in given["rows"]),
            choice=tuple((str(name), str(key)) for name, key in given["choice"]),
            method=Method(**given["method"]),
            words=Words(**given["words"]),
        )
    except (KeyError, TypeError, ValueError) as broken:
        raise Malformed(f"{type(broken).__name__}: {broken}") from broken


_PLAIN = {one.name for one in fields(Chart)} - {"kind", "rows", "choice", "method", "words"}


def _row(given: Mapping[str, object]) -> Row:
    value, of = given["value"], given.get("of")
    if not (value is None or isinstance(value, int | float)) or not (of is None or isinstance(of, int)):
        raise Malformed("a row's value is a number or null, and so is what it is of")
    texts = {name: str(given.get(name, "")) for name in ("key", "label", "series", "mark")}
    return Row(**texts, value=value, of=of)
