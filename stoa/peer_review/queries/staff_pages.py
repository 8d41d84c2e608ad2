"""What those who give the course read and decide: the queue, appeals, reports, likeness, volunteers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.queries import Desk
from stoa.kernel.dates import day_in_words, moment_in_words
from stoa.peer_review.models import (
    Anchor,
    Appeal,
    Assignment,
    StaffRead,
    Volunteer,
    WordsReport,
    WorkFlag,
)
from stoa.peer_review.queries.appeals import appeal_stands
from stoa.peer_review.queries.at_risk import read_address
from stoa.peer_review.queries.durations import in_hours, in_words
from stoa.peer_review.queries.headings import Heading
from stoa.peer_review.queries.health_page import peer_assignments
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.staff_tabs import Tab, staff_heading, tabs_of
from stoa.peer_review.rules.anchors import TARGET

Words = str | Lazy
LISTED = 100
ICONS = {"unread": "hourglass", "apart": "scale", "appeal": "scale", "anchor": "target", "copy": "layers"}


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A work to read."""

    icon: str
    title: str
    number: int
    why: str
    address: str


@dataclass(frozen=True, kw_only=True)
class AnchorOffer:
    """Work picked at random makes every score of an assignment more exact."""

    title: str
    item: str
    says: str
    address: str


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """What waits to be read."""

    head: Heading
    tabs: tuple[Tab, ...]
    notices: Sequence[Notice]
    rows: tuple[QueueRow, ...]
    anchors: tuple[AnchorOffer, ...]


@dataclass(frozen=True, kw_only=True)
class AppealRow:
    """An open appeal."""

    title: str
    number: int
    criterion: str
    reason: str
    says: str
    address: str


@dataclass(frozen=True, kw_only=True)
class SettledRow:
    """An answered appeal, and what it changed."""

    title: str
    number: int
    before: int
    after: int
    by: str
    when: datetime


@dataclass(frozen=True, kw_only=True)
class AppealsPage:
    """Appeals of a run."""

    head: Heading
    tabs: tuple[Tab, ...]
    open: tuple[AppealRow, ...]
    settled: tuple[SettledRow, ...]


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """Something reported: words by their author's reader, or work by a reader."""

    key: str
    kind: Words
    title: str
    number: int
    reason: Words
    said: str
    quoted: str
    when: str
    is_words: bool


@dataclass(frozen=True, kw_only=True)
class ReportsPage:
    """What was reported and not answered."""

    head: Heading
    tabs: tuple[Tab, ...]
    address: str
    rows: tuple[ReportRow, ...]
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class VolunteerRow:
    """Somebody who reads for others."""

    name: str
    says: str


@dataclass(frozen=True, kw_only=True)
class VolunteersPage:
    """Who reads for others."""

    head: Heading
    tabs: tuple[Tab, ...]
    rows: tuple[VolunteerRow, ...]


def queue_page(desk: Desk, *, now: datetime) -> QueuePage:
    """The staff's queue: contributors first, then what is due first."""
    assignments = peer_assignments(desk)
    reads = StaffRead.objects.filter(assignment__in=assignments, settled_at=None)
    ordered = reads.select_related("assignment__published").order_by("-contributor", "-on_time", "due_at", "pk")
    return QueuePage(
        head=staff_heading(desk, _("To read"), _("To read")),
        tabs=tabs_of(desk, assignments),
        notices=(),
        rows=tuple(_queued(desk, read, now) for read in ordered[:LISTED]),
        anchors=tuple(_anchor(desk, assignment) for assignment in assignments if "peer" in assignment.flow),
    )


def appeals_page(desk: Desk, *, now: datetime) -> AppealsPage:
    """Appeals, the oldest first, and what answered ones changed."""
    assignments = peer_assignments(desk)
    rows = Appeal.objects.filter(submission__assignment__in=assignments).select_related(
        "submission__assignment__published"
    )
    settled = rows.filter(settled_at__isnull=False).order_by("-settled_at")[:LISTED]
    return AppealsPage(
        head=staff_heading(desk, _("Appeals"), _("Appeals")),
        tabs=tabs_of(desk, assignments),
        open=tuple(_appeal(desk, appeal, now) for appeal in rows.filter(settled_at=None).order_by("at")),
        settled=tuple(
            SettledRow(
                title=appeal.submission.assignment.published.title,
                number=appeal.submission_id,
                before=round(appeal.before),
                after=round(max(appeal.before, appeal.found or 0)),
                by=str(appeal.get_answered_by_display() or Appeal.AnsweredBy.STAFF.label),
                when=appeal.settled_at,
            )
            for appeal in settled
            if appeal.settled_at
        ),
    )


def reports_page(desk: Desk, *, now: datetime, problem: str = "") -> ReportsPage:
    """Words and works that somebody reported, the oldest first."""
    assignments = peer_assignments(desk)
    words = WordsReport.objects.filter(review__assignment__in=assignments, answer=None).order_by("at")
    flags = WorkFlag.objects.filter(review__assignment__in=assignments, answer=None).order_by("at")
    related = "review__assignment__published"
    rows = [_words_row(report, now) for report in words.select_related(related).prefetch_related("review__marks")]
    return ReportsPage(
        head=staff_heading(desk, _("Reports"), _("Reports")),
        tabs=tabs_of(desk, assignments),
        address=f"{desk.address}peer-review/reports/",
        rows=(*rows, *(_flag_row(flag, now) for flag in flags.select_related(related))),
        problem=problem,
    )


def volunteers_page(desk: Desk) -> VolunteersPage:
    """Who agreed to read for others in this course."""
    rows = Volunteer.objects.filter(course=desk.course_id).select_related("person").order_by("agreed_at")
    return VolunteersPage(
        head=staff_heading(desk, _("Volunteers"), _("Volunteers")),
        tabs=tabs_of(desk, peer_assignments(desk)),
        rows=tuple(
            VolunteerRow(
                name=row.person.display_name,
                says=_("%(kind)s, since %(date)s")
                % {"kind": row.get_kind_display(), "date": day_in_words(localtime(row.agreed_at))},
            )
            for row in rows
        ),
    )


def _queued(desk: Desk, read: StaffRead, now: datetime) -> QueueRow:
    due = moment_in_words(localtime(read.due_at), now=now)
    said = [str(StaffRead.Reason(read.reason).label), _("due %(date)s") % {"date": due}]
    if read.contributor:
        said.append(_("its author gave all reviews"))
    return QueueRow(
        icon=ICONS.get(read.reason, "flag"),
        title=read.assignment.published.title,
        number=read.submission_id,
        why=" · ".join(said),
        address=f"{read_address(desk, read.submission_id)}?for={read.reason}",
    )


def _anchor(desk: Desk, assignment: Assignment) -> AnchorOffer:
    made = Anchor.objects.filter(assignment=assignment, at_random=True).count()
    if made < TARGET:
        says = ngettext(
            "%(n)s of %(wanted)s works read so far. They teach Stoa how strict all readers are together.",
            "%(n)s of %(wanted)s works read so far. They teach Stoa how strict all readers are together.",
            made,
        )
    else:
        says = ngettext("%(n)s work read: enough.", "%(n)s works read: enough.", made)
    return AnchorOffer(
        title=assignment.published.title,
        item=assignment.item_id,
        says=says % {"n": made, "wanted": TARGET},
        address=f"{desk.address}peer-review/queue/",
    )


def _appeal(desk: Desk, appeal: Appeal, now: datetime) -> AppealRow:
    assignment = appeal.submission.assignment
    labels = {one.id: one.label for one in content_of(assignment.published).criteria}
    return AppealRow(
        title=assignment.published.title,
        number=appeal.submission_id,
        criterion=labels.get(appeal.criterion_id, ""),
        reason=appeal.reason,
        says=" · ".join([_("waiting %(time)s") % {"time": in_words(now - appeal.at)}, appeal_stands(appeal)]),
        address=f"{read_address(desk, appeal.submission_id)}?for=appeal",
    )


def _words_row(report: WordsReport, now: datetime) -> ReportRow:
    review = report.review
    texts = [mark.comment for mark in review.marks.all() if mark.comment] + [review.comment]
    return ReportRow(
        key=f"words-{report.pk}",
        kind=_("A reviewer's words"),
        title=review.assignment.published.title,
        number=review.submission_id,
        reason=report.get_reason_display(),
        said=report.words,
        quoted="\n\n".join(text for text in texts if text),
        when=_("%(time)s ago") % {"time": in_hours(now - report.at)},
        is_words=True,
    )


def _flag_row(flag: WorkFlag, now: datetime) -> ReportRow:
    return ReportRow(
        key=f"flag-{flag.pk}",
        kind=_("A work"),
        title=flag.review.assignment.published.title,
        number=flag.review.submission_id,
        reason=flag.get_reason_display(),
        said=flag.words,
        quoted="",
        when=_("%(time)s ago") % {"time": in_hours(now - flag.at)},
        is_words=False,
    )
