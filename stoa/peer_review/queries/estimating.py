"""What the estimator is given, and what it told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from stoa.peer_review.models import Anchor as AnchorRow
from stoa.peer_review.models import (
    Assignment,
    CriterionMark,
    Estimation,
    Marking,
    Review,
    Score,
    Submission,
    SubmissionVersion,
    Transition,
)
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules.effort.traces import Trace
from stoa.peer_review.rules.scoring import values
from stoa.peer_review.rules.scoring.carrying import carried
from stoa.peer_review.rules.states import COUNTING, ReviewState

ASSUMED = values.Assumptions()
_ERASED = "erased-"
_MOVED = 0.05
"""Points below which the story of a score stays as it was told."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Material:
    """All that goes into the scores of an assignment. Submissions and raters are named by their ids."""

    reviews: tuple[values.Review, ...]
    anchors: tuple[values.Anchor, ...]
    known: Mapping[str, values.Reviewer]


def unexplained() -> list[int]:
    """Assignments with work that became final before its reviews were estimated, so that nothing explains its score."""
    peers = _counted_by_peers().filter(submission=OuterRef("pk"))
    until = Estimation.objects.filter(assignment=OuterRef("submission__assignment")).values("at")[:1]
    final = Score.objects.filter(final_at__isnull=False, explanation__isnull=True)
    final = final.annotate(until=Coalesce(Subquery(until), Value(_NEVER))).filter(
        Exists(peers), final_at__gt=F("until")
    )
    return sorted(set(final.values_list("submission__assignment", flat=True)))


def to_estimate() -> list[int]:
    """Assignments whose reviews or anchors changed since their latest estimate, or with final scores to explain."""
    counted = [*(state.value for state in COUNTING), ReviewState.VOID.value]
    told = Transition.objects.filter(
        submission__assignment=OuterRef("pk"), what="review", became__in=counted, at__gt=OuterRef("until")
    )
    read = AnchorRow.objects.filter(assignment=OuterRef("pk"), at__gt=OuterRef("until"))
    rows = _scored().annotate(until=Coalesce("estimation__at", Value(_NEVER))).filter(Exists(told) | Exists(read))
    return sorted({*rows.values_list("pk", flat=True), *unexplained()})


def scored_assignments() -> list[int]:
    """Assignments that have reviews and whose work gets a score."""
    rows = _scored().filter(Exists(Review.objects.filter(assignment=OuterRef("pk"), points__isnull=False)))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def material_of(assignment: Assignment) -> Material:
    """Peers' reviews that count, with their weights; staff's points; what earlier assignments told of the reviewers."""
    rows = _counting(assignment).values_list("submission_id", "reviewer_id", "pk", "points", "weight")
    reviews = tuple(
        values.Review(submission=str(work), rater=_rater(person, pk), points=points, weight=weight)
        for work, person, pk, points, weight in rows
        if points is not None
    )
    anchors = tuple(
        values.Anchor(submission=str(work), points=points, at_random=at_random)
        for work, points, at_random in AnchorRow.objects.filter(assignment=assignment)
        .order_by("pk")
        .values_list("submission_id", "points", "at_random")
    )
    return Material(reviews=reviews, anchors=anchors, known=_known(assignment, {review.rater for review in reviews}))


def person_of(rater: str) -> int | None:
    """Whose marks these are; None for somebody who erased their account."""
    return None if rater.startswith(_ERASED) else int(rater)


def traces_of(assignment: Assignment) -> list[Trace]:
    """What the reviews of an assignment left behind, in the order that they came."""
    content = content_of(assignment.published)
    rubric = tuple(
        text
        for criterion in content.criteria
        for text in (criterion.prompt, *(level.explanation for level in criterion.levels))
        if text
    )
    marks: dict[int, list[CriterionMark]] = {}
    for mark in CriterionMark.objects.filter(review__in=_counting(assignment)).order_by("pk"):
        marks.setdefault(mark.review_id, []).append(mark)
    works = texts_of([assignment.pk])
    before: dict[str, list[str]] = {}
    traces: list[Trace] = []
    for review in _counting(assignment).order_by("submitted_at", "pk"):
        rater = _rater(review.reviewer_id, review.pk)
        said = marks.get(review.pk, [])
        trace = Trace(
            review=str(review.pk),
            rater=rater,
            # A page that never told of itself has measured nothing.
            seconds=float(review.seconds) if review.seconds else None,
            levels=tuple(mark.points / mark.out_of for mark in said if mark.points is not None and mark.out_of),
            comments=tuple(text for text in (*(mark.comment for mark in said), review.comment) if text),
            earlier=tuple(before.get(rater, ())),
            work=works.get(review.submission_id, ""),
            rubric=rubric,
        )
        before.setdefault(rater, []).append(trace.text)
        traces.append(trace)
    return traces


def texts_of(assignments: Sequence[int]) -> dict[int, str]:
    """Submission to the words of its latest version."""
    found: dict[int, str] = {}
    rows = SubmissionVersion.objects.filter(submission__assignment__in=assignments)
    rows = rows.exclude(submission__state=Submission.State.WITHDRAWN).order_by("submission_id", "number")
    for work, answers, code in rows.values_list("submission_id", "answers", "code"):
        found[work] = "\n".join([*map(str, answers), code])
    return found


def stories_to_tell(assignment: Assignment, scores: Iterable[values.Score]) -> list[str]:
    """Submissions whose score has no explanation yet, or has moved or got a review since."""
    rows = Score.objects.filter(submission__assignment=assignment, explanation__isnull=False)
    told = {str(work): (points, reviews) for work, points, reviews in rows.values_list("pk", "points", "reviews")}
    return [
        one.submission
        for one in scores
        if one.submission not in told
        or told[one.submission][1] != one.reviews
        or abs(told[one.submission][0] - one.score) > _MOVED
    ]


def marking_of(assignment: Assignment, person_id: int) -> values.Reviewer | None:
    """How somebody marked in an assignment, as far as is known."""
    row = Marking.objects.filter(assignment=assignment, person_id=person_id).first()
    return _reviewer(row) if row else None


def _scored() -> QuerySet[Assignment]:
    return Assignment.objects.exclude(outcome=Assignment.Outcome.FEEDBACK)


def _counting(assignment: Assignment) -> QuerySet[Review]:
    return _counted_by_peers().filter(assignment=assignment)


def _counted_by_peers() -> QuerySet[Review]:
    states = [state.value for state in COUNTING]
    return Review.objects.filter(state__in=states, points__isnull=False).exclude(role=Review.Role.STAFF)


def _known(assignment: Assignment, raters: set[str]) -> dict[str, values.Reviewer]:
    """From the latest other assignment of the course in which each was seen, with a part of it forgotten."""
    people = [person for rater in raters if (person := person_of(rater)) is not None]
    rows = Marking.objects.filter(assignment__run__course=assignment.run.course_id, person__in=people)
    rows = rows.exclude(assignment=assignment).order_by("at", "pk")
    estimations = Estimation.objects.filter(assignment__run__course=assignment.run.course_id)
    models = {one.pk: values.Model(**one.model) for one in estimations}
    return {
        str(row.person_id): carried(_reviewer(row), models[row.assignment_id], ASSUMED)
        for row in rows
        if row.assignment_id in models
    }


def _reviewer(row: Marking) -> values.Reviewer:
    return values.Reviewer(
        bias=row.bias, bias_variance=row.bias_variance, shape=row.shape, rate=row.rate, reviews=row.reviews
    )


def _rater(person_id: int | None, review_id: int) -> str:
    return f"{_ERASED}{review_id}" if person_id is None else str(person_id)
