"""A second look at somebody's work: offered to steady readers, blind to all that was said of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stoa.courseware.queries import Desk
from stoa.kernel.dates import moment_in_words
from stoa.peer_review.models import Appeal, Assignment, FreshReading
from stoa.peer_review.queries.fresh_readers import appealed_for, reading_of
from stoa.peer_review.queries.headings import address_of, heading_of
from stoa.peer_review.queries.judging import JudgePage
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.review_form import Written, criterion_views, overall_view
from stoa.peer_review.queries.works import file_views, work_of_version

Words = str | Lazy
State = FreshReading.State


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """Work that needs a second look: to take (POST to `address`), to go on with (`open`) or give back (`returns`)."""

    title: str
    text: str
    button: str
    address: str = ""
    open: str = ""
    returns: str = ""


class ReadingUnknown(Exception):
    """There is no such reading, it is somebody else's, or it is over."""


def second_look(desk: Desk, assignment: Assignment, person_id: int, *, now: datetime) -> SecondLook | None:
    """What the reader of this desk could read anew; None where there is nothing."""
    root = f"{address_of(desk, assignment)}second-look/"
    held = reading_of(assignment, person_id)
    if held is not None:
        return SecondLook(
            title=_("You are giving a second look"),
            text=_("It is kept for you until %(moment)s.") % {"moment": _moment(held.lease_until, now)},
            button=_("Go on with it"),
            open=f"{root}{held.token}/",
            returns=f"{root}{held.token}/return/",
        )
    number = appealed_for(assignment, person_id, now=now)
    if number is None:
        return None
    until = Appeal.objects.values_list("peers_until", flat=True).get(pk=number)
    text = _(
        "You read steadily, and you know nothing of this work. Read it as a whole by %(moment)s; what others gave "
        "stays hidden from you. You don't have to."
    )
    return SecondLook(
        title=_("A work needs a second look"),
        text=text % {"moment": _moment(until or now, now)},
        button=_("Give it a second look"),
        address=root,
    )


def fresh_reading_for(assignment: Assignment, token: str, person_id: int) -> FreshReading:
    """The reader's own open reading of this name.

    Raises ReadingUnknown.
    """
    rows = FreshReading.objects.filter(appeal__submission__assignment=assignment, token=token, reader=person_id)
    found = rows.select_related("appeal__submission").filter(state__in=[State.RESERVED, State.EXPIRED]).first()
    if found is None:
        raise ReadingUnknown
    return found


def fresh_reading_page(
    desk: Desk,
    assignment: Assignment,
    reading: FreshReading,
    *,
    now: datetime,
    written: Written | None = None,
    problem: Words = "",
) -> JudgePage:
    """The work beside the rubric, without name, without marks of others, without what its author objects to."""
    content = content_of(assignment.published)
    work = reading.appeal.submission
    version = work.versions.select_related("submission").get(number=work.latest)
    labels = {one.id: one.label for one in content.criteria}
    asked = labels.get(reading.appeal.criterion_id, "")
    look = Notice(
        kind="sea",
        icon="scale",
        title=_("Look most closely at: %(what)s") % {"what": asked},
        text=_("Judge the whole work all the same."),
    )
    said = written or Written()
    root = address_of(desk, assignment)
    return JudgePage(
        head=heading_of(desk, assignment, heading=_("A second look"), place=_("Second look")),
        work=work_of_version(
            version,
            content,
            says=_("Anonymous"),
            language=desk.language,
            files=file_views(version, reader_id=desk.person_id or 0),
        ),
        address=f"{root}second-look/{reading.token}/",
        back=f"{root}reviews/",
        title=_("Your reading"),
        says=_("You read blind: what others gave is not shown here, nor whose work it is."),
        bar=_("The author reads your words without your name. Kept for you until %(moment)s.")
        % {"moment": _moment(reading.lease_until, now)},
        button=_("Send my reading"),
        criteria=criterion_views(content.criteria, said),
        overall=overall_view(
            content.overall_prompt or _("The author reads this without your name."), said, required=False
        ),
        notices=(look,) if asked else (),
        problem=problem,
    )


def _moment(moment: datetime, now: datetime) -> str:
    return moment_in_words(localtime(moment), now=now)
