"""A work as staff read it: blind, beside the rubric."""

from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Appeal, Review, StaffRead, Submission
from stoa.peer_review.queries.at_risk import read_address
from stoa.peer_review.queries.durations import in_words
from stoa.peer_review.queries.judging import JudgePage
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.review_form import Written, criterion_views, overall_view
from stoa.peer_review.queries.staff_tabs import staff_heading
from stoa.peer_review.queries.works import file_views, work_of_version

Words = str | Lazy


class WorkUnknown(Exception):
    """There is no such work in this run."""


def work_for(desk: Desk, number: int) -> Submission:
    """A work of the run, for those who give the course.

    Raises WorkUnknown.
    """
    rows = Submission.objects.filter(assignment__run=desk.run_id).select_related(
        "assignment__published", "assignment__run__course"
    )
    found = rows.filter(pk=number).first()
    if found is None or not desk.team:
        raise WorkUnknown
    return found


def picked_by_chance(work: Submission) -> bool:
    """Staff read this work because chance picked it, and for no other reason."""
    open_ = StaffRead.objects.filter(submission=work, settled_at=None).values_list("reason", flat=True)
    return set(open_) == {StaffRead.Reason.ANCHOR.value}


def staff_work_page(
    desk: Desk, work: Submission, *, now: datetime, written: Written | None = None, problem: Words = ""
) -> JudgePage:
    """The work beside the rubric, without name, without marks of others."""
    assignment = work.assignment
    content = content_of(assignment.published)
    version = work.versions.select_related("submission").get(number=work.latest)
    said = written or _said(work, desk)
    heading = _("%(title)s: work %(n)s") % {"title": assignment.published.title, "n": work.pk}
    return JudgePage(
        head=staff_heading(desk, heading, heading),
        work=work_of_version(
            version,
            content,
            says=_("Without a name · waiting %(time)s") % {"time": in_words(now - work.t0)},
            language=desk.language,
            files=file_views(version, reader_id=desk.person_id or 0),
        ),
        address=read_address(desk, work.pk),
        back=f"{desk.address}peer-review/queue/",
        title=_("Your reading"),
        says=_("You read blind: what others gave is not shown here."),
        bar=_("The author reads your words, with “An instructor” above them."),
        button=_("Keep this reading"),
        criteria=criterion_views(content.criteria, said),
        overall=overall_view("", said, required=False),
        notices=_notices(work, content_labels={one.id: one.label for one in content.criteria}),
        problem=problem,
        staff=True,
        history=f"{read_address(desk, work.pk)}history/",
    )


def _said(work: Submission, desk: Desk) -> Written:
    mine = Review.objects.filter(submission=work, reviewer=desk.person_id, role=Review.Role.STAFF).first()
    if mine is None:
        return Written()
    marks = list(mine.marks.all())
    return Written(
        levels={mark.criterion_id: mark.level_id for mark in marks},
        comments={mark.criterion_id: mark.comment for mark in marks},
        overall=mine.comment,
    )


def _notices(work: Submission, *, content_labels: dict[str, str]) -> tuple[Notice, ...]:
    """Why staff are asked, and what an appeal is about."""
    asked = StaffRead.objects.filter(submission=work, settled_at=None).values_list("reason", flat=True)
    found = [Notice(kind="sun", icon="hourglass", title=StaffRead.Reason(reason).label) for reason in asked]
    appeal = Appeal.objects.filter(submission=work, settled_at=None).first()
    if appeal is not None:
        label = content_labels.get(appeal.criterion_id, "")
        title = _("Appeal about: %(what)s") % {"what": label}
        found.append(Notice(kind="sea", icon="scale", title=title, text=appeal.reason))
    return tuple(found)
