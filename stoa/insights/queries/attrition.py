"""Who went without what they came for, by what they came for and by why they stopped: for the team of a run."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.insights.queries.grids import Grid
from stoa.insights.queries.names import name_of
from stoa.insights.queries.numbers import count, in_full
from stoa.insights.queries.survey_words import answer_of
from stoa.insights.rules.answers import Cell, CoursePage
from stoa.insights.rules.dimensions import UNKNOWN, Dimension
from stoa.insights.rules.rates import Whole, rate_of
from stoa.insights.rules.surveys import REASON, Survey

_WEEKS = (1, 2, 4, 8)


@dataclass(frozen=True, kw_only=True)
class Split:
    """Participants told apart by an answer."""

    title: str
    grid: Grid


def splits(answer: CoursePage) -> tuple[Split, ...]:
    """Attrition by intent and by exit reason; only those count who began so many weeks ago."""
    table = answer.tables.get("splits")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else []
    return (
        Split(title=_("Who went, by what they came for"), grid=_grid(rows, "intent")),
        Split(title=_("Who went, by why they stopped"), grid=_grid(rows, "exit_reason")),
    )


def _grid(rows: list[dict[str, Cell]], split: str) -> Grid:
    groups: dict[str, dict[int, dict[str, Cell]]] = {}
    for row in rows:
        if row["split"] == split:
            groups.setdefault(str(row["answer"]), {})[_number(row, "week")] = row
    by_size = sorted(groups, key=lambda key: (not key, -_number(groups[key].get(0, {}), "participants"), key))
    heads = (_("Answer"), _("Participants"), _("Have what they wanted"), *(_after(week) for week in _WEEKS))
    return Grid(heads=heads, rows=tuple(_row(split, key, groups[key]) for key in by_size))


def _row(split: str, key: str, weeks: Mapping[int, Mapping[str, Cell]]) -> tuple[str, ...]:
    everybody = weeks.get(0, {})
    gone = (_share(weeks.get(week, {}), "gone") for week in _WEEKS)
    return (
        _words(split, key),
        count(_number(everybody, "participants")),
        _share(everybody, "contented"),
        *gone,
    )


def _share(week: Mapping[str, Cell], part: str) -> str:
    rate = rate_of(_number(week, part), _number(week, "participants"), Whole.PARTICIPANTS)
    return in_full(rate) if rate else ""


def _words(split: str, key: str) -> str:
    if split == "intent":
        return name_of(Dimension.INTENT, key or UNKNOWN, {})
    return answer_of(Survey.EXIT, REASON, key) if key else _("Not said")


def _after(weeks: int) -> str:
    return _("Gone after %(n)s weeks") % {"n": count(weeks)} if weeks > 1 else _("Gone after a week")


def _number(row: Mapping[str, Cell], name: str) -> int:
    found = row.get(name)
    return int(found) if isinstance(found, int | float) else 0
