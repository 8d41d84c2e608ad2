"""Appeals: whether one can be made, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stoa.peer_review.models import Appeal, Assignment, FreshReading, Lowering, Score, StaffRead, Submission
from stoa.peer_review.queries.durations import in_hours
from stoa.peer_review.rules.anchors import APPEAL_DAYS, may_appeal
from stoa.peer_review.rules.appeals import READERS

WINDOW = timedelta(days=APPEAL_DAYS)
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
    """Whether the author may appeal now: fourteen days from the final score or its lowering, once."""
    since = _since(score)
    appealed = Appeal.objects.filter(submission=score.submission_id).exists()
    return since is not None and may_appeal(result_at=since, now=now, appealed=appealed)


def appeal_view(assignment: Assignment, work: Submission, score: Score, *, now: datetime) -> AppealView:
    """What to say of appeals beside a score."""
    made = Appeal.objects.filter(submission=work).first()
    if made is not None:
        return AppealView(says=_own(made), open=False, answer=_answered(made))
    until = (_since(score) or now) + WINDOW
    open_ = appeal_open(score, now=now)
    says = _("Two peers or an instructor who have not seen the marks read your work again. It can't lower the score.")
    if Lowering.objects.filter(submission=work).exists():
        says = _("An instructor reads your words and your work again. It can't lower the score.")
    over = _("Appeals were open for 14 days after the score.")
    return AppealView(
        says=f"{says} {_in_figures(assignment)}".strip() if open_ else over, open=open_, until_day=day_in_short(until)
    )


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
    date = day_in_short(made.at)
    made_on = _("You appealed on %(date)s. The answer comes here and by mail.") % {"date": date}
    return f"{made_on} {appeal_stands(made)}"


def appeal_stands(made: Appeal) -> str:
    """Who reads an open appeal, and until when."""
    if made.peers_until is None:
        read = StaffRead.objects.filter(submission=made.pk, reason=StaffRead.Reason.APPEAL, settled_at=None).first()
        return _("An instructor reads it by %(date)s.") % {"date": day_in_short(read.due_at if read else made.at)}
    given = made.readings.filter(state=FreshReading.State.GIVEN).count()
    said = _(
        "%(total)s peers who have never seen it read it until %(date)s, without its marks: %(n)s of %(total)s have. "
        "Should they be late or far apart, an instructor reads it."
    )
    return said % {"total": READERS, "date": day_in_short(made.peers_until), "n": given}


def day_in_short(moment: datetime) -> str:
    """A day of this year."""
    return date_format(localtime(moment), pgettext("format of a day this year", "j M"))


def _since(score: Score) -> datetime | None:
    """When the score became final, or was lowered since."""
    lowered = Lowering.objects.filter(pk=score.submission_id).first()
    return lowered.at if lowered is not None else score.final_at


def _answered(made: Appeal) -> str:
    if not made.settled_at or made.found is None:
        return ""
    by = _("Two peers who had not seen it read it.") if made.answered_by == Appeal.AnsweredBy.PEERS else ""
    return f"{by} {_changed(made, made.found)}".strip()


def _changed(made: Appeal, found: float) -> str:
    if found > made.before + WORTH:
        return _("The score rose from %(before)s to %(after)s.") % {
            "before": round(made.before),
            "after": round(found),
        }
    return _("Read again; the score stays.")
