"""How a run ended for its participants, and why: for its team."""

from collections import Counter

from django.utils.translation import gettext as _

from stoa.insights.queries.drawn import Drawn
from stoa.insights.queries.exact import drawn_of, rows_of, whole_number
from stoa.insights.queries.grids import Grid
from stoa.insights.queries.numbers import count, in_full
from stoa.insights.queries.survey_words import answer_of, choices_of
from stoa.insights.rules.answers import CoursePage
from stoa.insights.rules.charts.specification import Kind, Row
from stoa.insights.rules.rates import Whole, rate_of
from stoa.insights.rules.surveys import REASON, SATISFIED, Survey

_UNSAID = "not said"


def endings_grid(answer: CoursePage) -> Grid:
    """Who finished or stopped, why, and how satisfied they were."""
    words = {"finished": _("finished"), "stopped": _("stopped"), _UNSAID: _("Not said")}
    reasons, opinions = dict(choices_of(Survey.EXIT, REASON)), dict(choices_of(Survey.EXIT, SATISFIED))
    rows = tuple(
        (
            words.get(str(one["ended"]), str(one["ended"])),
            (words | reasons).get(str(one["reason"]), str(one["reason"])),
            (words | opinions).get(str(one["satisfied"]), str(one["satisfied"])),
            count(whole_number(one["n"])),
        )
        for one in rows_of(answer.tables.get("exits"))
    )
    return Grid(heads=(_("How it ended"), _("Reason"), _("Satisfied"), _("Participants")), rows=rows)


def endings_drawn(answer: CoursePage) -> Drawn:
    """A bar a reason, of all participants who said one."""
    told = Counter[str]()
    for one in rows_of(answer.tables.get("exits")):
        told[str(one["reason"])] += whole_number(one["n"])
    everybody, unsaid = told.total(), told.pop(_UNSAID, 0)
    said = rate_of(everybody - unsaid, everybody, Whole.PARTICIPANTS)
    rows = [
        Row(key=key, label=answer_of(Survey.EXIT, REASON, key), value=n, of=told.total())
        for key, n in sorted(told.items(), key=lambda one: (-one[1], one[0]))
    ]
    return drawn_of(
        answer,
        "endings",
        part="exits",
        kind=Kind.BARS,
        title=_("How it ended, and why"),
        caption=_("Said why: %(rate)s.") % {"rate": in_full(said)} if said else _("Nothing is counted yet."),
        rows=rows,
        definition=_("Participants by the reason that they gave at the end; of those who gave one."),
        whole=Whole.SAID,
    )
