"""How the problems of a run go, question by question, and what was answered."""

from django.utils.translation import gettext as _

from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import drawn_of, named, rows_of, share_of, whole_number
from stoa.insights.queries.grids import Grid, decimal_of
from stoa.insights.queries.numbers import count, in_full
from stoa.insights.rules.answers import CoursePage
from stoa.insights.rules.charts.specification import Kind, Row
from stoa.insights.rules.rates import Rate, Whole

MOST_BARS = 12


def problems_grid(answer: CoursePage) -> Grid:
    """How first and last answers went."""
    problems = rows_of(answer.tables.get("problems"))
    rows = tuple(
        (
            name,
            count(whole_number(one["learners"])),
            share_of(one["first_correct"], one["learners"]),
            share_of(one["solved"], one["learners"]),
            decimal_of(one["attempts_to_correct"]),
            decimal_of(one["discrimination"], 2),
        )
        for one, name in zip(problems, named(problems, "problem"), strict=True)
    )
    heads = (
        _("Question"),
        _("Learners"),
        _("Right at first"),
        _("Right in the end"),
        _("Tries until right"),
        _("Tells apart"),
    )
    return Grid(heads=heads, rows=rows)


def reliability(answer: CoursePage) -> str:
    """Whether the problems together measure one thing."""
    rows = rows_of(answer.tables.get("reliability"))
    alpha = rows[0]["alpha"] if rows else None
    if not isinstance(alpha, int | float):
        return ""
    said = {
        "alpha": count(alpha, 2),
        "problems": count(whole_number(rows[0]["problems"])),
        "learners": count(whole_number(rows[0]["learners"])),
    }
    words = _(
        "Cronbach's alpha is %(alpha)s, of %(problems)s problems and the %(learners)s learners who tried at least half "
        "of them: from 0.7 on they measure one thing together."
    )
    return words % said


def answers_grid(answer: CoursePage) -> Grid:
    """What was answered most."""
    right, given = {1: _("right"), 0: _("wrong")}, rows_of(answer.tables.get("answers"))
    rows = tuple(
        (
            str(one["question"] or name),
            str(one["answer"]),
            right.get(whole_number(one["correct"]), "") if one["correct"] is not None else "",
            count(whole_number(one["first"])),
            count(whole_number(one["last"])),
        )
        for one, name in zip(given, named(given, "problem"), strict=True)
    )
    heads = (_("Question"), _("Answer"), _("Right or wrong"), _("First answer of"), _("Last answer of"))
    return Grid(heads=heads, rows=rows)


def problems_drawn(answer: CoursePage) -> Drawn:
    """A bar a question: right at first."""
    problems = [one for one in rows_of(answer.tables.get("problems")) if whole_number(one["learners"])]
    rows = [
        Row(
            key=str(place),
            label=name,
            value=whole_number(one["first_correct"]),
            of=whole_number(one["learners"]),
        )
        for place, (one, name) in enumerate(zip(problems, named(problems, "problem"), strict=True))
    ]
    hardest = min(rows, key=lambda row: (row.value or 0) / (row.of or 1), default=None)
    caption = _("Nothing is counted yet.")
    if hardest:
        rate = Rate(part=int(hardest.value or 0), whole=hardest.of or 0, of=Whole.ANSWERED)
        said = {"question": hardest.label, "rate": in_full(rate)}
        caption = _("Hardest: %(question)s, right at first: %(rate)s.") % said
    return drawn_of(
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


def answers_drawn(answer: CoursePage) -> Drawn:
    """The answers that most gave first."""
    given = [one for one in rows_of(answer.tables.get("answers")) if whole_number(one["first"])]
    told = zip(given, named(given, "problem"), strict=True)
    most = sorted(told, key=lambda one: -whole_number(one[0]["first"]))[:MOST_BARS]
    rows = [
        Row(
            key=str(place),
            label=f"{one['question'] or name} · {one['answer']}",
            value=whole_number(one["first"]),
        )
        for place, (one, name) in enumerate(most)
    ]
    caption = _("Nothing is counted yet.")
    if rows:
        said = {"answer": rows[0].label, "n": count(rows[0].value or 0)}
        caption = _("Given first by most: %(answer)s (%(n)s).") % said
    return drawn_of(
        answer,
        "answers",
        part="answers",
        kind=Kind.BARS,
        title=_("What was answered"),
        caption=caption,
        rows=rows,
        definition=_("Learners whose first answer to a part of a question it was, as the server checked it."),
        whole=Whole.ANSWERED,
    )
