"""Who went without what they came for, week by week, by what they came for and by why they stopped: for the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from stoa.insights.queries.cards import Card, card_alone
from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import Fields, drawn_of, in_week, rows_of, share_of, whole_number
from stoa.insights.queries.grids import Grid
from stoa.insights.queries.names import name_of
from stoa.insights.queries.numbers import count, in_full
from stoa.insights.queries.survey_words import answer_of
from stoa.insights.rules.answers import CoursePage
from stoa.insights.rules.charts.specification import Kind, Row
from stoa.insights.rules.dimensions import UNKNOWN, Dimension
from stoa.insights.rules.rates import Whole, rate_of
from stoa.insights.rules.surveys import REASON, Survey

_WEEKS = (1, 2, 4, 8)
_TOLD_APART = {"intent": "gone-by-intent", "exit_reason": "gone-by-reason"}
_CREDENTIAL = "certificate"
_COUNTS = ("participants", "still", "gone")


@dataclass(frozen=True, kw_only=True)
class Split:
    """Participants told apart by an answer."""

    name: str
    title: str
    grid: Grid
    card: Card | None


def splits(answer: CoursePage) -> tuple[Split, ...]:
    """Attrition by intent and by exit reason; only those count who began so many weeks ago."""
    return tuple(_split(answer, name) for name in _TOLD_APART)


def attrition_grid(answer: CoursePage) -> Grid:
    """Who is still there, by what they came for, of those who began so long ago."""
    weeks = _still(answer)
    rows = tuple(
        (count(week), *(_there(parts.get(line, {})) for line in _series())) for week, parts in sorted(weeks.items())
    )
    return Grid(heads=(_("Weeks after their first act"), *_series().values()), rows=rows)


def _there(counts: Mapping[str, int]) -> str:
    return share_of(counts.get("still"), counts.get("participants"))


def still_there_drawn(answer: CoursePage) -> Drawn:
    """The same as lines."""
    weeks = sorted(_still(answer).items())
    rows = [
        Row(
            key=f"{name}-{week}",
            label=in_week(week),
            value=part["still"],
            of=part["participants"] or None,
            series=words,
        )
        for name, words in _series().items()
        if weeks and weeks[0][1].get(name, {}).get("participants")
        for week, parts in weeks
        for part in [parts.get(name, dict.fromkeys(_COUNTS, 0))]
    ]
    caption = _("Nothing is counted yet.")
    if weeks:
        last, there = weeks[-1][0], weeks[-1][1]["all"]
        rate = rate_of(there["still"], there["participants"], Whole.PARTICIPANTS)
        said = {"n": count(last), "rate": in_full(rate) if rate else ""}
        caption = _("%(n)s weeks after their first act or later there were still %(rate)s.") % said
    made = drawn_of(
        answer,
        "still-there",
        part="attrition",
        kind=Kind.LINES,
        title=_("Who is still there, week by week"),
        caption=caption,
        rows=rows,
        definition=_(
            "Participants who acted so many weeks after their own first act or later, by what they came for; a share "
            "is of those whose first act lies so long back."
        ),
    )
    return _only(made, "all", "intent")


def gone_drawn(answer: CoursePage) -> tuple[Drawn, ...]:
    """A chart of each way to tell them apart."""
    return tuple(_gone(answer, name) for name in _TOLD_APART)


def _series() -> dict[str, str]:
    """The lines: all, and by what they came for in three."""
    return {
        "all": _("All"),
        "credential": _("Wanted the credential"),
        "else": _("Wanted something else"),
        "unsaid": _("Not said"),
    }


def _still(answer: CoursePage) -> dict[int, dict[str, dict[str, int]]]:
    """Week → line → counts."""
    found: dict[int, dict[str, dict[str, int]]] = {}
    for row in rows_of(answer.tables.get("attrition")):
        if row["split"] == "exit_reason":
            continue
        line = "all" if row["split"] == "all" else _line_of(str(row["answer"]))
        counts = found.setdefault(whole_number(row["week"]), {}).setdefault(line, dict.fromkeys(_COUNTS, 0))
        for name in _COUNTS:
            counts[name] += whole_number(row[name])
    return found


def _line_of(intent: str) -> str:
    return {_CREDENTIAL: "credential", UNKNOWN: "unsaid"}.get(intent, "else")


def _split(answer: CoursePage, split: str) -> Split:
    groups = _groups(answer, split)
    shown = [week for week in _WEEKS if any(week in weeks for weeks in groups.values())]
    heads = (_("Answer"), _("Participants"), _("Have what they wanted"), *(_after(week) for week in shown))
    drawn = _gone(answer, split)
    rows = tuple(_row(split, key, weeks, shown) for key, weeks in groups.items())
    card = card_alone(drawn.chart, {}) if drawn.chart.rows else None
    return Split(
        name=drawn.chart.name, title=drawn.chart.title, grid=Grid(heads=heads, rows=rows if groups else ()), card=card
    )


def _groups(answer: CoursePage, split: str) -> dict[str, dict[int, Fields]]:
    """Answer → week → its row; the largest group first, who did not say last."""
    groups: dict[str, dict[int, Fields]] = {}
    for row in rows_of(answer.tables.get("attrition")):
        if row["split"] == split:
            groups.setdefault(str(row["answer"]), {})[whole_number(row["week"])] = row
    first = {key: whole_number(weeks.get(0, {}).get("participants")) for key, weeks in groups.items()}
    return {key: groups[key] for key in sorted(groups, key=lambda key: (key == UNKNOWN, -first[key], key))}


def _row(split: str, key: str, weeks: Mapping[int, Fields], shown: Sequence[int]) -> tuple[str, ...]:
    everybody = weeks.get(0, {})
    gone = (_share(weeks.get(week, {}), "gone") for week in shown)
    return (
        _words(split, key),
        count(whole_number(everybody.get("participants"))),
        _share(everybody, "fulfilled"),
        *gone,
    )


def _gone(answer: CoursePage, split: str) -> Drawn:
    """A bar an answer: who was gone after four weeks, or as many of the usual as have passed."""
    groups = _groups(answer, split)
    week = max((one for one in (1, 2, 4) if any(one in weeks for weeks in groups.values())), default=0)
    told = {key: weeks[week] for key, weeks in groups.items() if week and week in weeks}
    rows = [
        Row(
            key=key,
            label=_words(split, key),
            value=whole_number(row["gone"]),
            of=whole_number(row["participants"]),
            mark="unknown" if key == UNKNOWN else "",
        )
        for key, row in told.items()
        if row["participants"]
    ]
    everybody = rate_of(sum(int(row.value or 0) for row in rows), sum(row.of or 0 for row in rows), Whole.PARTICIPANTS)
    caption = _("Nothing is counted yet.")
    if everybody:
        caption = f"{_after(week)}: {in_full(everybody)}."
    titles = {"intent": _("Who went, by what they came for"), "exit_reason": _("Who went, by why they stopped")}
    made = drawn_of(
        answer,
        _TOLD_APART[split],
        part="attrition",
        kind=Kind.BARS,
        title=titles[split],
        caption=caption,
        rows=rows,
        definition=_(
            "Participants whose last act lies less than so many weeks after their first, who neither earned the "
            "credential nor said that they have what they wanted; of those whose first act lies so long back."
        ),
        per_cent=True,
    )
    return _only(made, split)


def _only(drawn: Drawn, *splits: str) -> Drawn:
    """With the rows that it is drawn from."""
    return replace(drawn, rows=tuple(row for row in drawn.rows if row[0] in splits))


def _share(week: Fields, part: str) -> str:
    rate = rate_of(whole_number(week.get(part)), whole_number(week.get("participants")), Whole.PARTICIPANTS)
    return in_full(rate) if rate else ""


def _words(split: str, key: str) -> str:
    if split == "intent":
        return name_of(Dimension.INTENT, key, {})
    return _("Not said") if key == UNKNOWN else answer_of(Survey.EXIT, REASON, key)


def _after(weeks: int) -> str:
    return _("Gone after %(n)s weeks") % {"n": count(weeks)} if weeks > 1 else _("Gone after a week")
