"""Charts of what the team of a run sees, each with the table that it is drawn from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from stoa import __version__
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.numbers import count, in_full, whole_name
from stoa.insights.rules.answers import Answer, Cell, CoursePage, Table
from stoa.insights.rules.charts.specification import Chart, Kind, Method, Row, Words
from stoa.insights.rules.rates import Rate, Whole, rate_of

Fields = Mapping[str, Cell]
FEW = 10
"""A step that fewer reached says nothing about where learners stop."""


def rows_of(table: Table | None) -> list[Fields]:
    """The rows of a table by the names of its columns."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else []


def whole_number(cell: Cell) -> int:
    """A count; nought where nothing is known."""
    return int(cell) if isinstance(cell, int | float) else 0


def team_charts(answer: CoursePage) -> dict[str, Drawn]:
    """Every chart of one run by its name in addresses."""
    made = [_steps(answer), _still_there(answer), _pace(answer), _problems(answer), *_videos(answer)]
    return {one.chart.name: one for one in made if one.chart.rows}


def _steps(answer: CoursePage) -> Drawn:
    """The colonnade with the step that loses the most, and a sentence about it."""
    steps, participants = rows_of(answer.tables.get("steps")), answer.counts.participants or 0
    reached = [whole_number(step["reached"]) for step in steps]
    falls = [before - after for before, after in pairwise(reached)]
    worst = falls.index(max(falls)) + 1 if falls and max(falls) > 0 and participants >= FEW else -1
    rows = []
    for place, step in enumerate(steps):
        new = place > 0 and step["module"] != steps[place - 1]["module"]
        marks = " ".join(mark for mark, there in (("worst", place == worst), ("week", new)) if there)
        of = participants if reached[place] <= participants else None
        rows.append(Row(key=str(place), label=str(step["step"]), value=reached[place], of=of or None, mark=marks))
    caption = _("No step loses more than the others.")
    if worst > 0:
        lost = Rate(part=falls[worst - 1], whole=participants, of=Whole.PARTICIPANTS)
        caption = _("Most stop before %(step)s: %(rate)s.") % {"step": steps[worst]["step"], "rate": in_full(lost)}
    return _drawn(
        answer,
        "steps",
        part="steps",
        kind=Kind.COLONNADE,
        title=_("Where learners stop"),
        caption=caption,
        rows=rows,
        definition=_("Participants who came to each step or to one behind it, in the order of reading."),
    )


def _still_there(answer: CoursePage) -> Drawn:
    weeks = rows_of(answer.tables.get("attrition"))
    named = (
        ("still_there", _("All")),
        ("wanted_the_credential", _("Wanted the credential")),
        ("wanted_something_else", _("Wanted something else")),
        ("not_said", _("Not said")),
    )
    rows = [
        Row(key=f"{name}-{week['week']}", label=count(whole_number(week["week"])), value=float(there), series=words)
        for name, words in named
        for week in weeks
        if whole_number(weeks[0][name])
        for there in [whole_number(week[name])]
    ]
    caption = _("Nothing is counted yet.")
    if weeks:
        last, first = whole_number(weeks[-1]["still_there"]), whole_number(weeks[0]["still_there"])
        there = rate_of(last, first, Whole.PARTICIPANTS)
        said = {"n": count(whole_number(weeks[-1]["week"])), "rate": in_full(there) if there else ""}
        caption = _("%(n)s weeks after their first act or later there were still %(rate)s.") % said
    return _drawn(
        answer,
        "still-there",
        part="attrition",
        kind=Kind.LINES,
        title=_("Who is still there, week by week"),
        caption=caption,
        rows=rows,
        definition=_("Participants who acted so many weeks after their own first act or later, by what they came for."),
    )


def _pace(answer: CoursePage) -> Drawn:
    weeks, facts = rows_of(answer.tables.get("pace")), next(iter(rows_of(answer.tables.get("facts"))), {})
    planned = facts.get("hours_a_week")
    series: list[tuple[str, list[Cell]]] = [
        (_("Median hours"), [week["median_hours"] for week in weeks]),
        (_("Four of five need at most"), [week["p80_hours"] for week in weeks]),
    ]
    if isinstance(planned, int | float):
        series.append((_("The plan"), [planned] * len(weeks)))
    rows = [
        Row(
            key=f"{place}-{week['week']}",
            label=count(whole_number(week["week"])),
            value=round(float(hours), 3) if isinstance(hours, int | float) else None,
            series=words,
        )
        for place, (words, cells) in enumerate(series)
        for week, hours in zip(weeks, cells, strict=True)
    ]
    most = max(weeks, key=lambda week: float(week["p80_hours"] or 0), default=None)
    caption = _("Nothing is counted yet.")
    if most:
        said = {"week": count(whole_number(most["week"])), "hours": count(float(most["p80_hours"] or 0), 1)}
        caption = _("Week %(week)s takes the most: four learners of five need up to %(hours)s hours.") % said
    return _drawn(
        answer,
        "pace",
        part="pace",
        kind=Kind.LINES,
        title=_("Hours a week, beside the plan"),
        caption=caption,
        rows=rows,
        definition=_(
            "Hours between acts under 30 minutes apart, in each week after a learner's first act, of those with any."
        ),
        unit=_("hours"),
    )


def _problems(answer: CoursePage) -> Drawn:
    problems = [one for one in rows_of(answer.tables.get("problems")) if whole_number(one["learners"])]
    rows = [
        Row(
            key=str(place),
            label=str(one["problem"]),
            value=whole_number(one["right_at_first"]),
            of=whole_number(one["learners"]),
        )
        for place, one in enumerate(problems)
    ]
    hardest = min(rows, key=lambda row: (row.value or 0) / (row.of or 1), default=None)
    caption = _("Nothing is counted yet.")
    if hardest:
        rate = Rate(part=int(hardest.value or 0), whole=hardest.of or 0, of=Whole.ANSWERED)
        caption = _("Hardest: %(question)s, right at first: %(rate)s.") % {
            "question": hardest.label,
            "rate": in_full(rate),
        }
    return _drawn(
        answer,
        "problems",
        part="problems",
        kind=Kind.BARS,
        title=_("Question by question"),
        caption=caption,
        rows=rows,
        definition=_("Learners whose first answer that the server checked was right, of all who answered."),
        whole=Whole.ANSWERED,
        per_cent=True,
    )


def _videos(answer: CoursePage) -> Iterator[Drawn]:
    segments = rows_of(answer.tables.get("heat"))
    for place, video in enumerate(rows_of(answer.tables.get("videos")), start=1):
        mine = [one for one in segments if one["object"] == video["object"]]
        rows = [
            Row(
                key=str(one["segment"]),
                label=_clock(5 * whole_number(one["segment"])),
                value=whole_number(one["views"]),
            )
            for one in mine
        ]
        said = {
            "viewers": count(whole_number(video["viewers"])),
            "plays": count(whole_number(video["plays"])),
            "seeks": count(whole_number(video["seeks"])),
        }
        made = _drawn(
            answer,
            f"video-{place}",
            part="heat",
            kind=Kind.HEAT,
            title=str(video["video"]),
            caption=_("%(viewers)s viewers, %(plays)s plays, %(seeks)s jumps") % said,
            rows=rows,
            definition=_(
                "How often every five seconds were watched, from play to pause, jump or end; again counts again."
            ),
            unit=_("views"),
        )
        yield replace(made, rows=tuple(tuple(one.values()) for one in mine))


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def _drawn(
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
    table = answer.tables.get(part)
    chart = chart_for_team(
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


def chart_for_team(
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
    as_of = date_format(answer.as_of, "j F Y, H:i") if answer.as_of else "–"  # noqa: RUF001 -- a dash for nothing
    said = {"date": as_of, "version": answer.version, "code": __version__}
    return Chart(
        kind=kind,
        name=name,
        title=title,
        caption=caption,
        denominator=whole,
        n=n,
        rows=tuple(rows),
        view="team",
        as_of=answer.as_of.isoformat() if answer.as_of else "",
        data_version=answer.version,
        code_version=__version__,
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        method=method,
        words=Words(
            hidden="",
            foot=_(
                "Exact figures, for the team. Counted up to %(date)s (UTC), data version %(version)s, Stoa %(code)s."
            )
            % said,
            per_cent=per_cent,
        ),
    )
