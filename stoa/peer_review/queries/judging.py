"""Pages on which somebody judges work by the rubric, outside the reviews that peers give one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.coursedoc.model import Assignment as Content
from stoa.coursedoc.model import Criterion, Example
from stoa.coursedoc.model.assignments import Need
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, Calibration, SelfReview, Submission
from stoa.peer_review.queries.headings import Heading, address_of, heading_of
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.review_form import (
    CommentView,
    CriterionView,
    Written,
    criterion_views,
    overall_view,
)
from stoa.peer_review.queries.works import WorkView, work_of_example, work_of_version
from stoa.peer_review.rules import rubrics

Words = str | Lazy


@dataclass(frozen=True, kw_only=True)
class JudgePage:
    """Work beside a rubric, with one way to send it."""

    head: Heading
    work: WorkView
    address: str
    back: str
    title: Words
    says: Words
    bar: Words
    button: Words
    criteria: tuple[CriterionView, ...]
    overall: CommentView | None = None
    shows_points: bool = True
    problem: Words = ""
    notices: Sequence[Notice] = ()
    staff: bool = False
    history: str = ""
    """For staff: where all that happened to the work is told; its score may be lowered from there."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How the learner's marks stand to the instructor's."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One criterion: the learner's level beside the instructor's."""

    criterion: str
    yours: str
    theirs: str
    same: bool
    reason: str
    """Why the instructor chose that level: what the level says of itself."""


@dataclass(frozen=True, kw_only=True)
class CalibratedPage:
    """The learner's marks beside the instructor's."""

    head: Heading
    work: WorkView
    verdict: Verdict
    rows: tuple[Compared, ...]
    next_address: str
    next_says: str


class NoExample(Exception):
    """The assignment has no example, or not this one."""


class NothingHandedIn(Exception):
    """There is no work of the learner's own to look back at."""


def next_example(assignment: Assignment, enrolment: Enrolment) -> int | None:
    """The first example that the learner has not judged; None where all are, or there is none."""
    if "training" not in assignment.flow:
        return None
    judged = set(
        Calibration.objects.filter(assignment=assignment, enrolment=enrolment).values_list("example", flat=True)
    )
    return next((place for place in range(len(content_of(assignment.published).examples)) if place not in judged), None)


def calibration_page(
    desk: Desk, assignment: Assignment, example: int, *, written: Written | None = None, problem: Words = ""
) -> JudgePage:
    """An example to judge.

    Raises NoExample.
    """
    content = content_of(assignment.published)
    own = f"{address_of(desk, assignment)}calibration/{example + 1}/"
    return JudgePage(
        head=heading_of(desk, assignment, heading=_("Judge an example first"), place=_("Example")),
        work=work_of_example(_example(content, example), content, language=desk.language),
        address=own,
        back=address_of(desk, assignment),
        title=_("How would you mark it?"),
        says=_("Choose the line that fits best. Then you see what the instructor chose. It changes nobody's score."),
        bar=_("Example %(n)s of %(total)s") % {"n": example + 1, "total": len(content.examples)},
        button=_("Compare with the instructor"),
        criteria=criterion_views(_without_comments(content), written or Written()),
        problem=problem,
    )


def calibrated_page(desk: Desk, assignment: Assignment, kept: Calibration) -> CalibratedPage:
    """What the learner chose, beside what the instructor chose.

    Raises NoExample.
    """
    content = content_of(assignment.published)
    example = _example(content, kept.example)
    rows = tuple(_compared(content, dict(example.levels), kept.levels))
    further = kept.example + 1 < len(content.examples)
    root = address_of(desk, assignment)
    return CalibratedPage(
        head=heading_of(desk, assignment, heading=_("You and the instructor"), place=_("Example")),
        work=work_of_example(example, content, language=desk.language),
        verdict=_verdict(rows),
        rows=rows,
        next_address=f"{root}calibration/" if further else f"{root}reviews/",
        next_says=_("The next example") if further else _("Read the first work"),
    )


def self_review_page(
    desk: Desk, assignment: Assignment, submission: Submission, *, written: Written | None = None, problem: Words = ""
) -> JudgePage:
    """The learner's own work beside the rubric.

    Raises NothingHandedIn.
    """
    content = content_of(assignment.published)
    version = submission.versions.filter(number=submission.latest).select_related("submission").first()
    if version is None:
        raise NothingHandedIn
    said = written or _said(submission, desk)
    return JudgePage(
        head=heading_of(desk, assignment, heading=_("Review your own work"), place=_("Self-review")),
        work=work_of_version(version, content, says=_("Your own work"), language=desk.language),
        address=f"{address_of(desk, assignment)}self-review/",
        back=address_of(desk, assignment),
        title=_("How would you mark it now?"),
        says=_(
            "After reading others one sees one's own work anew. It is shown beside your score and never changes it."
        ),
        bar=_("About two minutes"),
        button=_("Keep my self-review"),
        criteria=criterion_views(_without_comments(content), said),
        overall=overall_view(_("What would you do differently?"), said, required=False),
        problem=problem,
    )


def _example(content: Content, place: int) -> Example:
    if not 0 <= place < len(content.examples):
        raise NoExample
    return content.examples[place]


def _without_comments(content: Content) -> tuple[Criterion, ...]:
    return tuple(replace(criterion, comment=Need.NONE) for criterion in content.criteria)


def _said(submission: Submission, desk: Desk) -> Written:
    kept = SelfReview.objects.filter(submission=submission, enrolment=desk.enrolment_id).first()
    return Written(levels=kept.levels, comments=kept.comments, overall=kept.overall) if kept else Written()


def _compared(content: Content, theirs: Mapping[str, str], yours: Mapping[str, str]) -> list[Compared]:
    pairs = zip(rubrics.choices(content.criteria, theirs), rubrics.choices(content.criteria, yours), strict=True)
    return [
        Compared(
            criterion=instructor.criterion.label,
            yours=learner.level.label if learner.level else "",
            theirs=instructor.level.label,
            same=learner.level == instructor.level,
            reason=instructor.level.explanation,
        )
        for instructor, learner in pairs
        if instructor.level
    ]


def _verdict(rows: Sequence[Compared]) -> Verdict:
    same = sum(row.same for row in rows)
    title = ngettext("The same in %(same)s of %(n)s criterion.", "The same in %(same)s of %(n)s criteria.", len(rows))
    apart = _("Where you differ, read why. To see it differently is fine; say your reasons when you review.")
    return Verdict(
        title=title % {"same": same, "n": len(rows)},
        text=apart if same < len(rows) else _("You and the instructor look at it alike."),
    )
