"""Where the learners of a run stop: who came how far, step by step."""

from itertools import pairwise

from django.utils.translation import gettext as _

from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import FEW, drawn_of, named, rows_of, share_of, whole_number
from stoa.insights.queries.grids import Grid
from stoa.insights.queries.numbers import in_full, whole_of
from stoa.insights.rules.answers import CoursePage
from stoa.insights.rules.charts.specification import Kind, Row
from stoa.insights.rules.rates import Rate, Whole


def steps_grid(answer: CoursePage) -> Grid:
    """Step by step: who came so far, and whose last step it was."""
    rows = tuple(
        (
            str(step["step"]),
            str(step["module"] or ""),
            share_of(step["came_so_far"], step["participants"]),
            share_of(step["reached"], step["participants"]),
            share_of(step["stopped"], step["reached"]),
        )
        for step in rows_of(answer.tables.get("steps"))
    )
    heads = (_("Step"), _("Module"), _("Came to it or further"), _("Opened it"), _("Stopped there"))
    return Grid(heads=heads, rows=rows)


def steps_drawn(answer: CoursePage) -> Drawn:
    """The colonnade with the step that loses the most, and a sentence about it."""
    steps = rows_of(answer.tables.get("steps"))
    participants = whole_number(steps[0]["participants"]) if steps else 0
    names = named(steps, "step")
    came = [whole_number(step["came_so_far"]) for step in steps]
    falls = [before - after for before, after in pairwise(came)]
    worst = falls.index(max(falls)) + 1 if falls and max(falls) > 0 and participants >= FEW else -1
    rows = []
    for place, step in enumerate(steps):
        new = place > 0 and step["module"] != steps[place - 1]["module"]
        marks = " ".join(mark for mark, there in (("worst", place == worst), ("week", new)) if there)
        rows.append(Row(key=str(place), label=names[place], value=came[place], of=participants or None, mark=marks))
    caption = _("No step loses more than the others.")
    if worst > 0:
        lost = Rate(part=falls[worst - 1], whole=participants, of=Whole.PARTICIPANTS)
        caption = _("Most stop before %(step)s: %(rate)s.") % {"step": names[worst], "rate": in_full(lost)}
    return drawn_of(
        answer,
        "steps",
        part="steps",
        kind=Kind.COLONNADE,
        title=_("Where learners stop"),
        caption=caption,
        rows=rows,
        definition=_(
            "Participants who came to each step or to one behind it, in the order of reading. Stopped there: their "
            "last act of courseware was on it, a week or more ago, and they neither earned the credential nor said "
            "that they have what they wanted."
        ),
    )


def steps_say(answer: CoursePage) -> str:
    """Of whom the steps tell."""
    whole = whole_of(answer.counts.participants or 0, Whole.PARTICIPANTS)
    return _("Of %(whole)s, who came to each step or one behind it") % {"whole": whole}
