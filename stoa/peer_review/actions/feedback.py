"""What authors do about the words they got: rate them before any mark is seen, thank, report."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.courseware.models import Enrolment
from stoa.peer_review.models import (
    ResultOpening,
    Review,
    ReviewRating,
    Submission,
    Thanks,
    WordsReport,
    WordsReportAnswer,
    WorkFlag,
    WorkFlagAnswer,
)
from stoa.peer_review.queries.words_got import marks_seen_until
from stoa.peer_review.rules.feedback import Rating

LONGEST = 5000


class MarksSeen(Exception):
    """You have seen the marks, so what you say of the words could be about them. It can't be changed any more."""


class NoReason(Exception):
    """Choose a reason, so that staff know what to look for."""


@transaction.atomic
def rate_words(*, submission: Submission, by: Enrolment, ratings: Mapping[int, Rating], at: datetime) -> None:
    """Keep what the author says of each review's words, by review id, and open the result.

    Raises MarksSeen where an author has seen marks since the words came.
    """
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    seen = marks_seen_until(locked)
    reviews = Review.objects.filter(submission=locked)
    fresh = reviews if seen is None else reviews.filter(submitted_at__gt=seen)
    if seen is not None and not fresh.exists():
        raise MarksSeen
    for review in fresh.filter(pk__in=ratings):
        rating = ratings[review.pk]
        said = {"helpful": rating.helpful, "specific": rating.specific, "respectful": rating.respectful, "at": at}
        ReviewRating.objects.update_or_create(review=review, defaults=said)
    open_result(submission=locked, by=by, at=at)


def open_result(*, submission: Submission, by: Enrolment, at: datetime) -> ResultOpening:
    """Remember that the author has seen the marks that are there now."""
    kept, new = ResultOpening.objects.get_or_create(
        submission=submission, enrolment=by, defaults={"at": at, "seen_until": at}
    )
    unseen = Review.objects.filter(submission=submission, submitted_at__gt=kept.seen_until, submitted_at__lte=at)
    if not new and unseen.exists():
        kept.seen_until = at
        kept.save(update_fields=["seen_until"])
    return kept


def thank(*, review: Review, by: Enrolment, at: datetime) -> Thanks:
    """Thank the reviewer, who learns that somebody did; thanking twice is thanking once."""
    kept, _ = Thanks.objects.get_or_create(review=review, enrolment=by, defaults={"at": at})
    return kept


@transaction.atomic
def report_words(*, review: Review, by: Enrolment, reason: str, words: str, at: datetime) -> WordsReport:
    """Hide the words until staff have looked; they still count for the score.

    Raises NoReason.
    """
    if reason not in WordsReport.Reason.values:
        raise NoReason
    said = {"reason": reason, "words": words.strip()[:LONGEST], "at": at}
    report, made = WordsReport.objects.get_or_create(review=review, enrolment=by, defaults=said)
    if made:
        Review.objects.filter(pk=review.pk).update(hidden_for=str(report.get_reason_display()))
    return report


@transaction.atomic
def answer_report(*, report: WordsReport, by: Person, hidden: bool, reason: str, at: datetime) -> WordsReportAnswer:
    """Say whether reported words stay hidden, and why; the first answer holds.

    Raises NoReason.
    """
    if not reason.strip():
        raise NoReason
    said = {"by": by, "hidden": hidden, "reason": reason.strip()[:500], "at": at}
    answer, made = WordsReportAnswer.objects.get_or_create(report=report, defaults=said)
    if made and not hidden:
        Review.objects.filter(pk=report.review_id).update(hidden_for="")
    return answer


def flag_work(*, review: Review, reason: str, words: str, at: datetime) -> WorkFlag:
    """Tell staff that something is wrong with the work. The review goes on; no score changes by it.

    Raises NoReason.
    """
    if reason not in WorkFlag.Reason.values:
        raise NoReason
    said = {"reason": reason, "words": words.strip()[:LONGEST], "at": at}
    flag, _ = WorkFlag.objects.update_or_create(review=review, defaults=said)
    return flag


def answer_flag(*, flag: WorkFlag, by: Person, reason: str, at: datetime) -> WorkFlagAnswer:
    """Say what was found about flagged work; the first answer holds.

    Raises NoReason.
    """
    if not reason.strip():
        raise NoReason
    said = {"by": by, "reason": reason.strip()[:500], "at": at}
    answer, _ = WorkFlagAnswer.objects.get_or_create(flag=flag, defaults=said)
    return answer
