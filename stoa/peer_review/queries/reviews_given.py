"""The reviews that one gave, what became of them, and what to read next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.courseware.queries import Desk
from stoa.kernel.dates import moment_in_words
from stoa.peer_review.models import Assignment, Review
from stoa.peer_review.queries.duties import Duty, duty_of, reading_role
from stoa.peer_review.queries.fresh_page import SecondLook, second_look
from stoa.peer_review.queries.hand_in.promises import PromiseWords
from stoa.peer_review.queries.headings import Heading, address_of, heading_of
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.reviewer_standing import StandingRow, standing_of
from stoa.peer_review.queries.words_got import YES

Words = str | Lazy
State = Review.State


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    """A review that was given."""

    icon: str
    title: str
    says: str
    tag: Words
    tone: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class NextRead:
    """What to read next: `open` leads to a review that is being written, posting to `address` asks for a new one."""

    title: str
    text: str
    button: str = ""
    open: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenPage:
    """One's own reviews."""

    head: Heading
    promise: PromiseWords | None
    notices: Sequence[Notice]
    next: NextRead
    second: SecondLook | None
    given: tuple[GivenRow, ...]
    standing: tuple[StandingRow, ...]
    left: int
    """Reviews still to give."""


def given_page(desk: Desk, assignment: Assignment, person_id: int, *, now: datetime, empty: bool = False) -> GivenPage:
    """The reviews of this person in the assignment; `empty`: they asked just now, and nothing was there to read."""
    duty = duty_of(desk, assignment, now=now)
    rows = Review.objects.filter(assignment=assignment, reviewer=person_id).exclude(role=Review.Role.STAFF)
    mine = list(rows.select_related("rating", "flag").prefetch_related("thanks").order_by("taken_at", "pk"))
    written = [review for review in mine if review.submitted_at is not None]
    left = ngettext("%(left)s of %(total)s review left", "%(left)s of %(total)s reviews left", duty.owed)
    return GivenPage(
        head=heading_of(
            desk,
            assignment,
            heading=_("Your reviews"),
            place=_("Reviews"),
            tag=left % {"left": duty.left, "total": duty.owed} if duty.left else "",
            steps=duty.stages,
        ),
        promise=duty.promise,
        notices=duty.notices,
        next=_nothing(desk, assignment) if empty else _next(desk, assignment, duty, mine, now),
        second=second_look(desk, assignment, person_id, now=now) if duty.done else None,
        given=tuple(_row(place, review, now) for place, review in enumerate(written, 1)),
        standing=standing_of(assignment, person_id, written),
        left=duty.left,
    )


def _next(desk: Desk, assignment: Assignment, duty: Duty, mine: Sequence[Review], now: datetime) -> NextRead:
    root = address_of(desk, assignment)
    opens = assignment.reviews_open_at
    if open_ := next((review for review in mine if review.state == State.RESERVED), None):
        return NextRead(
            title=_("You are reading a work"),
            text=_("What you wrote is kept."),
            button=_("Go on with it"),
            open=f"{root}reviews/{open_.token}/",
        )
    if opens is not None and now < opens:
        date = moment_in_words(localtime(opens), now=now)
        return NextRead(title=_("Reviews open later"), text=_("They open on %(date)s.") % {"date": date})
    if reading_role(desk, assignment) is None:
        return NextRead(
            title=_("Hand in your own work first"),
            text=_("Whoever has done it themselves reads with other eyes."),
            button=_("To the assignment"),
            open=root,
        )
    return _another(duty, f"{root}reviews/")


def _nothing(desk: Desk, assignment: Assignment) -> NextRead:
    return NextRead(
        title=_("Nothing waits for you right now"),
        text=_("Your credit is kept: when work comes in, we tell you by mail, and the button leads to it."),
        button=_("Look again"),
        address=f"{address_of(desk, assignment)}reviews/",
    )


def _another(duty: Duty, address: str) -> NextRead:
    if duty.left:
        text = ngettext(
            "%(n)s more review, and your own score can be shown. It takes about ten minutes.",
            "%(n)s more reviews, and your own score can be shown. Each takes about ten minutes.",
            duty.left,
        )
        return NextRead(
            title=_("Somebody waits for you"),
            text=text % {"n": duty.left},
            button=_("Read the next work"),
            address=address,
        )
    return NextRead(
        title=_("All your reviews are given"),
        text=_("Thank you. Work still waits: each further review helps somebody to a fairer score."),
        button=_("Read one more"),
        address=address,
    )


def _row(place: int, review: Review, now: datetime) -> GivenRow:
    sent = moment_in_words(localtime(review.submitted_at or now), now=now)
    tag, tone, why = _standing(review)
    return GivenRow(
        icon="circle-check" if not tone or tone == "leaf" else "circle-alert",
        title=_("Review %(n)s") % {"n": place},
        says=" · ".join([_("Sent %(date)s") % {"date": sent}, *_echo(review)]),
        tag=tag,
        tone=tone,
        why=why,
    )


def _standing(review: Review) -> tuple[Words, str, str]:
    if review.state == State.VOID:
        return _("set aside"), "clay", _("Staff set it aside. It does not count as one of your reviews.")
    if not review.credited:
        return (
            _("gives no credit"),
            "clay",
            _(
                "Its time, words and choices look as if the work was not read, so it does not count as one of your "
                "reviews. Read another work to make up for it; an instructor looks at some of these, too."
            ),
        )
    if review.state == State.DOWNWEIGHTED:
        return _("counts less"), "sun", _("It was written in a hurry, or in words used before.")
    return _("counts"), "leaf", ""


def _echo(review: Review) -> list[str]:
    """What came back: never who, never a mark."""
    rating = getattr(review, "rating", None)
    said = []
    if rating is not None:
        said.append(_("found helpful") if rating.helpful >= YES else _("found less helpful"))
    if review.thanks.all():
        said.append(_("thanked"))
    return said
