"""Figures for the team of a run: exact, each a chart with the rows that it is drawn from."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from stoa.insights.queries.counted import counted, up_to
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.numbers import count, per_cent, whole_name
from stoa.insights.rules.answers import Answer, Cell, CoursePage, Table
from stoa.insights.rules.charts.specification import Chart, Kind, Method, Row, Words
from stoa.insights.rules.rates import Whole, rate_of

Fields = Mapping[str, Cell]
FEW = 10
"""Fewer say nothing about where learners stop, or how long they need."""


def rows_of(table: Table | None) -> list[Fields]:
    """The rows of a table by the names of its columns."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else []


def whole_number(cell: Cell) -> int:
    """A count; nought where nothing is known."""
    return int(cell) if isinstance(cell, int | float) else 0


def number(cell: Cell) -> float:
    """A number; nought where nothing is known."""
    return float(cell) if isinstance(cell, int | float) else 0.0


def named(rows: Sequence[Fields], column: str) -> list[str]:
    """What each row is called; with its module where several are called the same."""
    names = [str(row[column]) for row in rows]
    return [
        f"{row['module']} · {name}" if row["module"] and names.count(name) > 1 else name
        for row, name in zip(rows, names, strict=True)
    ]


def in_week(number: Cell) -> str:
    """Week 3: where a line stands in time."""
    return _("Week %(week)s") % {"week": count(whole_number(number))}


def share_of(part: Cell, whole: Cell) -> str:
    """12 (24 % of 50); the number alone where there is no whole."""
    n, of = whole_number(part), whole_number(whole)
    rate = rate_of(min(n, of), of, Whole.PARTICIPANTS)
    if rate is None:
        return count(n)
    return _("%(n)s (%(share)s of %(whole)s)") % {"n": count(n), "share": per_cent(rate), "whole": count(of)}


def drawn_of(
    answer: CoursePage,
    name: str,
    *,
    part: str,
    kind: Kind,
    title: str,
    caption: str,
    rows: Sequence[Row],
    definition: str,
    unit: str = "",
    whole: Whole = Whole.PARTICIPANTS,
    per_cent: bool = False,
) -> Drawn:
    """A chart of one of the engine's tables of a run, with all its rows."""
    table = answer.tables.get(part)
    chart = exact_chart(
        answer,
        name,
        kind=kind,
        title=title,
        caption=caption,
        rows=rows,
        n=answer.counts.participants,
        method=Method(
            definition=definition,
            unit=unit or _("learners"),
            denominator=whole_name(whole),
            source=_("the event log and the course's own description"),
        ),
        per_cent=per_cent,
        whole=whole,
    )
    return Drawn(chart=chart, columns=table.columns if table else (), rows=table.rows if table else (), part=part)


def exact_chart(
    answer: Answer,
    name: str,
    *,
    kind: Kind,
    title: str,
    caption: str,
    rows: Sequence[Row],
    n: int | None,
    method: Method,
    per_cent: bool = False,
    whole: Whole = Whole.PARTICIPANTS,
) -> Chart:
    """A chart whose figures are exact."""
    chart = Chart(
        kind=kind,
        name=name,
        title=title,
        caption=caption,
        denominator=whole,
        n=n,
        rows=tuple(rows),
        view="team",
        method=method,
        words=Words(
            hidden="",
            foot=_(
                "Exact figures, for the team. Counted up to %(date)s (UTC), data version %(version)s, Stoa %(code)s."
            )
            % up_to(answer),
            per_cent=per_cent,
        ),
    )
    return counted(chart, answer)
