"""The words that an author got: whose they are stays unknown, and no mark stands beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from django.db.models import Max
from django.utils.functional import Promise as Lazy
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from stoa.courseware.models import Enrolment
from stoa.peer_review.models import ResultOpening, Review, Submission, Thanks, WordsReport
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules.comments.checking import may_be_hidden

Words = str | Lazy
GOT = (Review.State.SUBMITTED, Review.State.ACCEPTED, Review.State.DOWNWEIGHTED)
TONES = ("", "sun", "leaf", "clay")
YES, PARTLY, NO = 5, 3, 1
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, kw_only=True)
class CommentPart:
    """What was written about one criterion, or about the work as a whole."""

    criterion: str
    text: str

    @property
    def folded(self) -> bool:
        """The words might hurt: they stay folded up until the author opens them."""
        return may_be_hidden(self.text)

    @property
    def html(self) -> SafeString:
        """The words with their line breaks, and code in backticks as code; nothing else in them is read as HTML."""
        said = _CODE.sub(r"<code>\1</code>", escape(self.text))
        return mark_safe("<br>".join(said.splitlines()))  # noqa: S308 -- escaped above


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A way to answer."""

    value: int
    label: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question about the words."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    def answered(self, said: Mapping[str, str]) -> "Ask":
        """The question with what was answered."""
        value = said.get(self.name, "")
        return replace(self, choices=tuple(replace(one, chosen=str(one.value) == value) for one in self.choices))


@dataclass(frozen=True, kw_only=True)
class CommentShown:
    """The words of one reader."""

    review_id: int
    dom_id: str
    sign: str
    tone: str
    name: str
    anonymous: bool
    earlier_version: bool
    parts: tuple[CommentPart, ...]
    hidden: bool
    acts: bool
    address: str
    rating_says: str
    thanked: bool
    reported: bool
    asks: tuple[Ask, ...]


def reviews_got(submission: Submission) -> list[Review]:
    """The reviews of the work, in an order that tells nothing of marks or of who was first."""
    rows = (
        Review.objects.filter(submission=submission, state__in=GOT)
        .select_related("rating", "submission__assignment__published")
        .prefetch_related("marks")
    )
    return sorted(rows, key=lambda review: blake2b(review.token.encode()).digest())


def comments_of(
    reviews: Sequence[Review], by: Enrolment, address: str, *, to_rate: Sequence[Review] = ()
) -> tuple[CommentShown, ...]:
    """What each reader wrote, as the author sees it; of those to rate it is asked whether the words helped."""
    thanked = set(Thanks.objects.filter(review__in=reviews, enrolment=by).values_list("review", flat=True))
    reported = set(WordsReport.objects.filter(review__in=reviews, enrolment=by).values_list("review", flat=True))
    asked = {review.pk for review in to_rate}
    return tuple(
        replace(
            _shown(place, review, address, thanked=review.pk in thanked, reported=review.pk in reported),
            asks=_asks(place) if review.pk in asked else (),
        )
        for place, review in enumerate(reviews, 1)
        if review.hidden_for or _has_words(review)
    )


def marks_seen_until(submission: Submission) -> datetime | None:
    """When one of the authors last saw marks, since a team's members talk; None where nobody did."""
    seen: datetime | None = ResultOpening.objects.filter(submission=submission).aggregate(last=Max("seen_until"))[
        "last"
    ]
    return seen


def unrated(reviews: Sequence[Review], *, seen: datetime | None) -> list[Review]:
    """Those by peers with words that nobody rated and that came after marks were last seen."""
    return [
        review
        for review in reviews
        if _has_words(review)
        and review.role != Review.Role.STAFF
        and not review.hidden_for
        and not hasattr(review, "rating")
        and (seen is None or (review.submitted_at is not None and review.submitted_at > seen))
    ]


def _has_words(review: Review) -> bool:
    return bool(review.comment.strip()) or any(mark.comment.strip() for mark in review.marks.all())


def _shown(place: int, review: Review, address: str, *, thanked: bool, reported: bool) -> CommentShown:
    staff = review.role == Review.Role.STAFF
    return CommentShown(
        review_id=review.pk,
        dom_id=f"words-{place}",
        sign=str(place),
        tone=TONES[(place - 1) % len(TONES)],
        name=_("An instructor") if staff else _("Peer %(n)s") % {"n": place},
        anonymous=not staff,
        earlier_version=review.version != review.submission.latest,
        parts=() if review.hidden_for else tuple(_parts(review)),
        hidden=bool(review.hidden_for),
        acts=True,
        address=f"{address}words/{place}/",
        rating_says=_rating_said(review),
        thanked=thanked,
        reported=reported,
        asks=(),
    )


def _parts(review: Review) -> list[CommentPart]:
    labels = _labels(review)
    about = {mark.criterion_id: mark.comment for mark in review.marks.all() if mark.comment.strip()}
    known = [CommentPart(criterion=label, text=about[key]) for key, label in labels.items() if key in about]
    # A criterion that the course has dropped since keeps its words.
    dropped = [CommentPart(criterion="", text=text) for key, text in about.items() if key not in labels]
    whole = [CommentPart(criterion="", text=review.comment)] if review.comment.strip() else []
    return [*known, *dropped, *whole]


def _labels(review: Review) -> Mapping[str, str]:
    content = content_of(review.submission.assignment.published)
    return {criterion.id: criterion.label for criterion in content.criteria}


def _rating_said(review: Review) -> str:
    rating = getattr(review, "rating", None)
    if rating is None:
        return ""
    if rating.helpful >= YES:
        return _("You found this helpful")
    return _("You found this partly helpful") if rating.helpful >= PARTLY else _("You did not find this helpful")


def _asks(place: int) -> tuple[Ask, ...]:
    labels = {"helpful": _("Helpful?"), "specific": _("Specific?"), "respectful": _("Respectful?")}
    choices = (
        Choice(value=YES, label=_("Yes")),
        Choice(value=PARTLY, label=_("Partly")),
        Choice(value=NO, label=_("No")),
    )
    return tuple(Ask(name=f"{key}-{place}", label=label, choices=choices) for key, label in labels.items())
