"""All that peer review keeps about one person, for that person to take away."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from stoa.peer_review.models import Appeal, CriterionMark, Draft, FreshReading, Review, SubmissionVersion


@dataclass(frozen=True, kw_only=True)
class WorkRecord:
    """Words that somebody wrote here: a draft, work handed in, a review of a peer's work."""

    what: str
    course: str
    run: str
    assignment: str
    at: datetime | None
    words: tuple[str, ...]


def work_record(person_id: int) -> tuple[WorkRecord, ...]:
    """Drafts, every version handed in, reviews and second looks given, appeals; whose work was reviewed is not said."""
    return (*_drafts(person_id), *_versions(person_id), *_reviews(person_id), *_fresh(person_id), *_appeals(person_id))


_RUN = ("assignment__run__course__slug", "assignment__run__code", "assignment__item_id")


def _drafts(person_id: int) -> list[WorkRecord]:
    own = Draft.objects.filter(enrolment__person=person_id).order_by("pk")
    return [
        _of("draft", (course, run, item), at, (*answers, code, *links))
        for course, run, item, at, answers, code, links in own.values_list(
            *_RUN, "saved_at", "answers", "code", "links"
        )
    ]


def _versions(person_id: int) -> list[WorkRecord]:
    mine = Q(by__person=person_id) | Q(submission__enrolment__person=person_id)
    own = SubmissionVersion.objects.filter(mine).order_by("at", "pk").distinct()
    of = [f"submission__{name}" for name in _RUN]
    return [
        _of("handed in", (course, run, item), at, (*answers, code, *links))
        for course, run, item, at, answers, code, links in own.values_list(*of, "at", "answers", "code", "links")
    ]


def _reviews(person_id: int) -> list[WorkRecord]:
    given = Review.objects.filter(reviewer=person_id).order_by("taken_at", "pk")
    said: dict[int, list[str]] = {}
    for review, words in CriterionMark.objects.filter(review__in=given).order_by("pk").values_list("review", "comment"):
        said.setdefault(review, []).append(words)
    return [
        _of("review given", (course, run, item), at, (comment, *said.get(pk, ()), note))
        for pk, course, run, item, at, comment, note in given.values_list(
            "pk", *_RUN, "submitted_at", "comment", "note"
        )
    ]


def _fresh(person_id: int) -> list[WorkRecord]:
    given = FreshReading.objects.filter(reader=person_id, given_at__isnull=False).order_by("given_at", "pk")
    return [
        _of("second look given", (course, run, item), at, (*comments.values(), overall))
        for course, run, item, at, comments, overall in given.values_list(
            *(f"appeal__submission__{name}" for name in _RUN), "given_at", "comments", "overall"
        )
    ]


def _appeals(person_id: int) -> list[WorkRecord]:
    made = Appeal.objects.filter(by=person_id).order_by("at", "pk")
    return [
        _of("appeal", (course, run, item), at, (reason,))
        for course, run, item, at, reason in made.values_list(*(f"submission__{name}" for name in _RUN), "at", "reason")
    ]


def _of(what: str, where: tuple[str, str, str], at: datetime | None, words: tuple[str, ...]) -> WorkRecord:
    course, run, assignment = where
    said = tuple(word for word in words if word)
    return WorkRecord(what=what, course=course, run=run, assignment=assignment, at=at, words=said)
