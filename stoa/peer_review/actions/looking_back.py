"""Judging an example of the instructor, and one's own work."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from stoa.coursedoc.model import Criterion
from stoa.courseware.models import Enrolment
from stoa.peer_review.models import Assignment, Calibration, SelfReview, Submission
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules import rubrics
from stoa.peer_review.rules.rubrics import Marks


class RubricOpen(Exception):
    """Choose a level for each criterion; what you chose so far is kept on the page."""

    def __init__(self, criteria: tuple[str, ...]) -> None:
        super().__init__(criteria)
        self.criteria = criteria


class NoSuchExample(Exception):
    """The assignment has no such example any more."""


@transaction.atomic
def calibrate(
    *, assignment: Assignment, enrolment: Enrolment, example: int, levels: Mapping[str, str], at: datetime
) -> Calibration:
    """Keep what the learner chose for an example; who has seen the instructor's levels can't choose again.

    Raises RubricOpen, NoSuchExample.
    """
    content = content_of(assignment.published)
    if example >= len(content.examples):
        raise NoSuchExample
    chosen = rubrics.tidy(Marks(levels=levels), content.criteria).levels
    _refuse_open(content.criteria, chosen)
    kept, _ = Calibration.objects.get_or_create(
        assignment=assignment, enrolment=enrolment, example=example, defaults={"levels": dict(chosen), "at": at}
    )
    return kept


@transaction.atomic
def review_oneself(*, submission: Submission, by: Enrolment, marks: Marks, at: datetime) -> SelfReview:
    """Keep what the author says of their own work; saying it again replaces it while there is no score.

    Raises RubricOpen.
    """
    criteria = content_of(submission.assignment.published).criteria
    tidy = rubrics.tidy(marks, criteria)
    _refuse_open(criteria, tidy.levels)
    said = {"levels": dict(tidy.levels), "comments": dict(tidy.comments), "overall": tidy.overall, "at": at}
    kept, made = SelfReview.objects.get_or_create(submission=submission, enrolment=by, defaults=said)
    if not made and submission.state != Submission.State.FINAL:
        SelfReview.objects.filter(pk=kept.pk).update(**said)
        kept.refresh_from_db()
    return kept


def _refuse_open(criteria: tuple[Criterion, ...], levels: Mapping[str, str]) -> None:
    if missing := rubrics.not_chosen(criteria, levels):
        raise RubricOpen(tuple(criterion.id for criterion in missing))
