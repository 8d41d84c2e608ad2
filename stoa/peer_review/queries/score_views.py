"""A score in pictures and words: where it lies, how it came about, what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.peer_review.rules.scoring.explanation import Explanation, OneMore, Part

HABIT = 1
"""Fewer points than that are no habit."""
FULL = 100
# The bar that marks the score on the scale is this wide, in points; a peer's mark is no wider.
_BAR, _TICK = 0.6, 0.6
_NONE = "\N{EN DASH}"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, kw_only=True)
class ScoreView:
    """A score on its scale; places and widths in percent of it."""

    figure: int
    title: str
    low: float
    width: float
    own: float
    low_figure: int
    high_figure: int
    passing: int | None
    marks: tuple[int, ...]
    ticks: tuple[float, ...]
    """Where the marks stand on the scale, none of them over its end."""
    label: str
    adds: str = ""
    """What more there is to say: a penalty, that staff read it."""
    provisional: str = ""
    """Until when it may still go up or down; empty once it is final."""
    interval: bool = True
    """Whether readers' marks say how sure it is; an instructor's word stands as it is."""


@dataclass(frozen=True, kw_only=True)
class ReaderRow:
    """One reader in the table. In the order of their marks: nothing ties a mark to the words below."""

    name: str
    gave: str
    usually: str
    counted_as: str
    weight: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that would change the score."""

    icon: str
    title: str
    text: str


def score_view(
    *,
    score: float,
    low: float,
    high: float,
    passing: float | None,
    marks: Sequence[float],
    adds: str = "",
    provisional: str = "",
    interval: bool = True,
) -> ScoreView:
    """The score with its interval and the marks it came from; all of 100. Marks are shown where there are several."""
    shown = tuple(sorted(round(mark) for mark in marks)) if len(marks) > 1 else ()
    figure, line = round(score), None if passing is None else round(passing)
    return ScoreView(
        figure=figure,
        title=_titled(figure, None if provisional else line),
        low=round(low, 1),
        width=round(max(high - low, _BAR), 1),
        own=round(min(max(score - _BAR / 2, 0), FULL - _BAR), 1),
        low_figure=round(low),
        high_figure=round(high),
        passing=line,
        marks=shown,
        ticks=tuple(min(float(mark), FULL - _TICK) for mark in shown),
        label=_label(figure, (round(low), round(high)) if interval else None, line, shown),
        adds=adds,
        provisional=provisional,
        interval=interval,
    )


def plain_rows(marks: Sequence[tuple[float, float]], *, own: float | None) -> tuple[ReaderRow, ...]:
    """Each reader's mark and weight before anything is known of their habits; marks with weights."""
    total = sum(weight for _points, weight in marks) or 1.0
    rows = [
        _row(_named(place), points, weight=_percent(weight / total), counted_as=points)
        for place, (points, weight) in enumerate(sorted(marks))
    ]
    return _with_own(rows, own)


def staff_rows(staff: float, marks: Sequence[float], *, by: str, own: float | None) -> tuple[ReaderRow, ...]:
    """A reading that is the score, and what peers gave beside it."""
    peers = [_row(_named(place), points, weight=_("shown only")) for place, points in enumerate(sorted(marks))]
    return _with_own([*peers, _row(by, staff, weight=_percent(1.0), counted_as=staff)], own)


def reader_rows(explanation: Explanation, *, own: float | None) -> tuple[ReaderRow, ...]:
    """Each reader's marks, habit and weight; a single reader's marks stay with them, like the words they wrote."""
    parts = sorted(explanation.reviews, key=lambda part: part.points)
    rows = [_reader(_named(place), part) for place, part in enumerate(parts)]
    if explanation.staff is not None:
        staff_share = max(0.0, 1 - sum(part.share for part in parts))
        rows.append(_row(_("Staff"), explanation.staff, weight=_percent(staff_share)))
    return _with_own(rows, own)


def changes(explanation: Explanation, *, score: float) -> tuple[Change, ...]:
    """What one more reader would do to the score, and what its fewest reviews still do."""
    return (*_one_more(explanation.next, score), *_few_reviews(explanation))


def _titled(figure: int, line: int | None) -> str:
    if line is None:
        return _("%(score)s of 100") % {"score": figure}
    said = _("%(score)s of 100: passed") if figure >= line else _("%(score)s of 100: not passed yet")
    return said % {"score": figure}


def _label(figure: int, interval: tuple[int, int] | None, line: int | None, marks: Sequence[int]) -> str:
    if interval is None:
        said = [_("A scale from 0 to 100: score %(score)s.") % {"score": figure}]
    else:
        words = _("A scale from 0 to 100: score %(score)s, interval %(low)s to %(high)s.")
        said = [words % {"score": figure, "low": interval[0], "high": interval[1]}]
    if marks:
        said.append(_("Peers gave %(marks)s.") % {"marks": ", ".join(str(mark) for mark in marks)})
    if line is not None:
        said.append(_("The passing line is %(line)s.") % {"line": line})
    return " ".join(said)


def _with_own(rows: Sequence[ReaderRow], own: float | None) -> tuple[ReaderRow, ...]:
    """The rows with the author's own marks; one row alone is none, since it would stand beside its reader's words."""
    mine = () if own is None else (_row(_("You, self-review"), own, weight=_("shown only")),)
    return (*rows, *mine) if len(rows) + len(mine) > 1 else ()


def _named(place: int) -> str:
    return _("Reader %(letter)s") % {"letter": LETTERS[place % len(LETTERS)]}


def _reader(name: str, part: Part) -> ReaderRow:
    return ReaderRow(
        name=name,
        gave=str(round(part.points)),
        usually=_habit(part.usual),
        counted_as=str(round(min(max(part.points - part.usual, 0), FULL))),
        weight=_percent(part.share),
    )


def _row(name: str, gave: float, *, weight: str, counted_as: float | None = None) -> ReaderRow:
    counted = _NONE if counted_as is None else str(round(counted_as))
    return ReaderRow(name=name, gave=str(round(gave)), usually=_NONE, counted_as=counted, weight=weight)


def _habit(usual: float) -> str:
    points = round(abs(usual))
    if points < HABIT:
        return _("as others")
    return (_("%(n)s generous") if usual > 0 else _("%(n)s strict")) % {"n": points}


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _one_more(further: Sequence[OneMore], score: float) -> list[Change]:
    if not further:
        return []
    lowest, highest = min(further, key=lambda one: one.points), max(further, key=lambda one: one.points)
    said = {"least": round(lowest.score), "most": round(highest.score), "score": round(score)}
    text = _("Nothing given at all would make it %(least)s, full marks %(most)s; now it is %(score)s.") % said
    return [Change(icon="users", title=_("One more reader"), text=text)]


def _few_reviews(explanation: Explanation) -> list[Change]:
    points, count = round(abs(explanation.drawn)), len(explanation.reviews)
    if points < HABIT or explanation.staff is not None:
        return []
    title = ngettext("Only %(n)s reader so far", "Only %(n)s readers so far", count) % {"n": count}
    said = _("So few readers say less, so the score is %(n)s points nearer to the middle of all work than their marks.")
    return [Change(icon="scale", title=title, text=said % {"n": points})]
