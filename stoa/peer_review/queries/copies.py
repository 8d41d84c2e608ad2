"""Works that look alike, for staff to look at: never a verdict."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.queries import Desk
from stoa.kernel.dates import day_in_words
from stoa.peer_review.models import Submission
from stoa.peer_review.queries.at_risk import read_address
from stoa.peer_review.queries.headings import Heading
from stoa.peer_review.queries.health_page import peer_assignments
from stoa.peer_review.queries.staff_tabs import Tab, staff_heading, tabs_of


@dataclass(frozen=True, kw_only=True)
class AlikeRow:
    """One of the works."""

    number: int
    says: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Works that look alike."""

    key: str
    title: str
    says: str
    works: tuple[AlikeRow, ...]


@dataclass(frozen=True, kw_only=True)
class CopiesPage:
    """All such groups of a run."""

    head: Heading
    tabs: tuple[Tab, ...]
    address: str
    groups: tuple[Group, ...]
    problem: str = ""


def copies_page(desk: Desk, *, problem: str = "") -> CopiesPage:
    """The groups in which at least one work is of this run."""
    assignments = peer_assignments(desk)
    here = Submission.objects.filter(assignment__in=assignments).exclude(cluster="")
    clusters = set(here.values_list("cluster", flat=True))
    rows = Submission.objects.filter(cluster__in=clusters).select_related("assignment__published", "assignment__run")
    groups: dict[str, list[Submission]] = defaultdict(list)
    for work in rows.order_by("submitted_at"):
        groups[work.cluster].append(work)
    return CopiesPage(
        head=staff_heading(desk, _("Work that is alike"), _("Alike")),
        tabs=tabs_of(desk, assignments),
        address=f"{desk.address}peer-review/copies/",
        groups=tuple(_group(desk, key, works) for key, works in sorted(groups.items()) if len(works) > 1),
        problem=problem,
    )


def works_alike(desk: Desk, cluster: str) -> list[Submission]:
    """The works of this run in a group."""
    rows = Submission.objects.filter(assignment__run=desk.run_id, cluster=cluster).exclude(cluster="")
    return list(rows.select_related("assignment"))


def _group(desk: Desk, key: str, works: list[Submission]) -> Group:
    return Group(
        key=key,
        title=works[0].assignment.published.title,
        says=ngettext("%(n)s work", "%(n)s works", len(works)) % {"n": len(works)},
        works=tuple(_row(desk, work) for work in works),
    )


def _row(desk: Desk, work: Submission) -> AlikeRow:
    day = day_in_words(localtime(work.submitted_at))
    state = str(Submission.State(work.state).label)
    elsewhere = work.assignment.run_id != desk.run_id
    said = [_("handed in %(date)s") % {"date": day}, state]
    if elsewhere:
        said.append(_("run %(run)s") % {"run": work.assignment.run.code})
    return AlikeRow(number=work.pk, says=" · ".join(said), address="" if elsewhere else read_address(desk, work.pk))
