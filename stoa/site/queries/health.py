"""Course health: what of a run needs a person today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.models import ProblemReport
from stoa.courseware.queries import Desk, Reach, reach_of
from stoa.peer_review.queries import RiskView, run_risk
from stoa.site.rules.stopping import worst

WEEK = timedelta(days=7)
LISTED = 5
"""Problem reports on the page."""


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A figure with its denominator."""

    name: str
    figure: str
    of: str


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """A step in the drop-off colonnade, as high as the share that came to it."""

    minutes: float
    state: str
    new_week: bool


@dataclass(frozen=True, kw_only=True)
class Worst:
    """The step that loses the most."""

    number: int
    title: str
    address: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Stopping:
    """Where learners stop."""

    says: str
    label: str
    pillars: tuple[Pillar, ...]
    worst: Worst | None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What a reader reported."""

    step: str
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HealthPage:
    """Everything that the page shows."""

    desk: Desk
    kpis: tuple[Kpi, ...]
    risk: RiskView | None
    stopping: Stopping | None
    problems: tuple[Problem, ...]
    problems_in_all: int


def health_page(desk: Desk, *, now: datetime) -> HealthPage:
    """The health of a run, for those who give the course."""
    reach = reach_of(desk, since=now - WEEK)
    risk = run_risk(desk, now=now)
    reports = ProblemReport.objects.filter(run=desk.run_id).order_by("-at")
    in_all = reports.count()
    titles = {step.id: step.title for step in desk.outline.steps}
    return HealthPage(
        desk=desk,
        kpis=(*_review_kpis(risk), *_kpis(reach, in_all)),
        risk=risk,
        stopping=_stopping(desk, reach),
        problems=tuple(
            Problem(step=titles.get(report.step_id, report.step_id), text=report.text, at=report.at)
            for report in reports[:LISTED]
        ),
        problems_in_all=in_all,
    )


def _review_kpis(risk: RiskView | None) -> Iterator[Kpi]:
    if risk is not None:
        of = ngettext("of %(n)s open work", "of %(n)s open works", risk.open) % {"n": risk.open}
        yield Kpi(name=_("Peer review"), figure=_("%(n)s at risk") % {"n": risk.count}, of=of)


def _kpis(reach: Reach, problems: int) -> Iterator[Kpi]:
    share = f"{round(100 * reach.active / reach.participants)} %" if reach.participants else ""
    people = ngettext("of %(n)s participant", "of %(n)s participants", reach.participants)
    of = people % {"n": number_format(reach.participants, use_l10n=True, force_grouping=True)}
    active = number_format(reach.active, use_l10n=True, force_grouping=True)
    yield Kpi(name=_("Active this week"), figure=active, of=f"{of}: {share}" if share else of)
    yield Kpi(name=_("Problems reported"), figure=str(problems), of=_("by readers, at a step of this run"))


def _stopping(desk: Desk, reach: Reach) -> Stopping | None:
    if not reach.participants or not reach.steps:
        return None
    counts = [step.learners for step in reach.steps]
    loss = worst(counts, participants=reach.participants)
    firsts = {module.steps[0].id for module in desk.outline.modules[1:] if module.steps}
    said = {"n": len(reach.steps), "people": number_format(reach.participants, use_l10n=True, force_grouping=True)}
    return Stopping(
        says=_("Share of %(people)s participants who reached each of %(n)s steps") % said,
        label=_("%(last)s of %(people)s participants reached the last of %(n)s steps.") % (said | {"last": counts[-1]}),
        pillars=tuple(
            Pillar(
                minutes=step.learners,
                state="worst" if loss and place == loss.place else "done",
                new_week=step.step_id in firsts,
            )
            for place, step in enumerate(reach.steps)
        ),
        worst=Worst(
            number=loss.place + 1,
            title=reach.steps[loss.place].title,
            address=f"{desk.address}steps/{reach.steps[loss.place].step_id}/",
            points=round(100 * loss.share),
        )
        if loss
        else None,
    )
