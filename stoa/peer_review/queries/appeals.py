"""Appeals: whether one can be made, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stoa.peer_review.models import Appeal, Assignment, Score, Submission
from stoa.peer_review.queries.durations import in_hours

WINDOW = timedelta(days=14)
WORTH = 0.5
"""Points from which a score has changed."""


@dataclass(frozen=True, kw_only=True)
class AppealView:
    """What the author may know of appeals, and of their own."""

    says: str
    open: bool
    until_day: str = ""
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class AppealFigures:
    """What appeals did."""

    answered: int
    changed: int
    median_wait: timedelta | None


def appeal_open(score: Score, *, now: datetime) -> bool:
    """Whether the author may appeal now: fourteen days from the final score, once."""
    final = score.final_at
    return (
        final is not None
        and now < final + WINDOW
        and not Appeal.objects.filter(submission=score.submission_id).exists()
    )


def appeal_view(assignment: Assignment, work: Submission, score: Score, *, now: datetime) -> AppealView:
    """What to say of appeals beside a score."""
    made = Appeal.objects.filter(submission=work).first()
    if made is not None:
        return AppealView(says=_own(made), open=False, answer=_answered(made))
    until = score.final_at + WINDOW if score.final_at else now
    open_ = appeal_open(score, now=now)
    says = _("Somebody who has not seen the marks reads your work again. It can't lower the score.")
    over = _("Appeals were open for 14 days after the score.")
    day = date_format(localtime(until), pgettext("format of a day this year", "j M"))
    return AppealView(says=f"{says} {_in_figures(assignment)}".strip() if open_ else over, open=open_, until_day=day)


def appeal_figures(assignment_ids: list[int]) -> AppealFigures:
    """How many appeals were answered, how many changed the score, and how long an answer took."""
    rows = Appeal.objects.filter(submission__assignment__in=assignment_ids, settled_at__isnull=False)
    found = list(rows.values_list("at", "settled_at", "before", "found"))
    waits = [(settled - at).total_seconds() for at, settled, _before, _found in found if settled]
    return AppealFigures(
        answered=len(found),
        changed=sum(now is not None and now > before + WORTH for _at, _settled, before, now in found),
        median_wait=timedelta(seconds=median(waits)) if waits else None,
    )


def _in_figures(assignment: Assignment) -> str:
    figures = appeal_figures([assignment.pk])
    if not figures.answered or figures.median_wait is None:
        return ""
    said = ngettext(
        "Median answer: %(wait)s. %(changed)s of %(n)s appeal changed the score.",
        "Median answer: %(wait)s. %(changed)s of %(n)s appeals changed the score.",
        figures.answered,
    )
    return said % {"wait": in_hours(figures.median_wait), "changed": figures.changed, "n": figures.answered}


def _own(made: Appeal) -> str:
    if made.settled_at:
        return made.answer
    date = date_format(localtime(made.at), pgettext("format of a day this year", "j M"))
    return _("You appealed on %(date)s. The answer comes here and by mail.") % {"date": date}


def _answered(made: Appeal) -> str:
    if not made.settled_at or made.found is None:
        return ""
    if made.found > made.before + WORTH:
        return _("The score rose from %(before)s to %(after)s.") % {
            "before": round(made.before),
            "after": round(made.found),
        }
    return _("Read again; the score stays.")
