"""A review that is being written: the work beside the rubric, without anything that tells who wrote it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stoa.coursedoc.model import Assignment as Content
from stoa.courseware.queries import Desk
from stoa.peer_review.models import Assignment, Review
from stoa.peer_review.queries.advice import advice
from stoa.peer_review.queries.duties import Duty, duty_of
from stoa.peer_review.queries.hand_in.promises import PromiseWords
from stoa.peer_review.queries.headings import Heading, address_of, heading_of
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.review_form import (
    CommentView,
    CriterionView,
    Help,
    Written,
    criterion_views,
    help_for_reviewers,
    overall_view,
)
from stoa.peer_review.queries.works import WorkView, anonymous, file_views, work_of_version
from stoa.peer_review.rules.comments.checking import Remark
from stoa.peer_review.rules.judging import Lack, ReviewFault
from stoa.peer_review.rules.rubrics import Marks

Words = str | Lazy
State = Review.State
OPEN = (State.RESERVED, State.EXPIRED, State.RELEASED)
"""States in which a review can be written: what comes after its time is taken, too."""


LACKS: Mapping[Lack, Words] = {
    Lack.LEVEL: gettext_lazy("Choose one of these lines."),
    Lack.COMMENT: gettext_lazy("Say in a sentence why: the author reads it before any mark."),
    Lack.WORDS: gettext_lazy("Say a little more: what did you see, and where?"),
    Lack.REPEATED: gettext_lazy("You wrote the same elsewhere. Say what is true of this work."),
}


class ReviewUnknown(Exception):
    """There is no such review, or it is somebody else's."""


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """A review that is being written."""

    head: Heading
    work: WorkView
    promise: PromiseWords | None
    notices: Sequence[Notice]
    address: str
    backup: str
    """Names the copy on the reviewer's own device."""
    seconds: int
    says: str
    criteria: tuple[CriterionView, ...]
    overall: CommentView
    help: Help
    saved_at: datetime | None
    words: int
    kept_until: datetime | None
    shows_points: bool
    problem: Words = ""
    sure: bool = False
    """What is said below is advice: sending again sends it as it is."""


def review_for(desk: Desk, assignment: Assignment, token: str) -> Review:
    """The reader's own review of this name.

    Raises ReviewUnknown.
    """
    found = (
        Review.objects.filter(assignment=assignment, token=token, reviewer=desk.person_id)
        .select_related("submission")
        .first()
    )
    if found is None:
        raise ReviewUnknown
    return found


def reserved_for(assignment: Assignment, person_id: int) -> Review | None:
    """The review that the person has open now."""
    return Review.objects.filter(assignment=assignment, reviewer=person_id, state=State.RESERVED).first()


def review_page(
    desk: Desk,
    assignment: Assignment,
    review: Review,
    *,
    now: datetime,
    written: Written | None = None,
    problem: Words = "",
    sure: bool = False,
) -> ReviewPage:
    """The page of a review, with what was typed where it was refused."""
    content = content_of(assignment.published)
    duty = duty_of(desk, assignment, now=now)
    said = written or written_in(review)
    address = address_of_review(desk, assignment, review)
    return ReviewPage(
        head=_heading(desk, assignment, duty),
        work=_work(desk, content, review, address, now),
        promise=duty.promise,
        notices=duty.notices,
        address=address,
        backup=f"{desk.person_id}-{review.token[:8]}",
        seconds=review.seconds,
        says=_how(assignment),
        criteria=criterion_views(content.criteria, said),
        overall=overall_view(content.overall_prompt, said, required=not _asks_for_words(content)),
        help=help_for_reviewers(),
        saved_at=said.saved_at,
        words=said.words,
        kept_until=review.lease_until if review.lease_until > now and review.state == State.RESERVED else None,
        shows_points=assignment.outcome == Assignment.Outcome.POINTS,
        problem=problem,
        sure=sure,
    )


def address_of_review(desk: Desk, assignment: Assignment, review: Review) -> str:
    """Where a review lives: its own name tells neither author nor reviewer."""
    return f"{address_of(desk, assignment)}reviews/{review.token}/"


def marks_in_draft(draft: Mapping[str, Mapping[str, str] | str]) -> Marks:
    """What a draft holds: `levels` and `comments` by criterion, `overall`."""
    levels, comments, overall = draft.get("levels"), draft.get("comments"), draft.get("overall")
    return Marks(
        levels=levels if isinstance(levels, Mapping) else {},
        comments=comments if isinstance(comments, Mapping) else {},
        overall=overall if isinstance(overall, str) else "",
    )


def written_in(review: Review) -> Written:
    """What the review holds, as its form shows it."""
    marks = marks_in_draft(review.draft)
    return Written(levels=marks.levels, comments=marks.comments, overall=marks.overall, saved_at=review.draft_saved_at)


def refused(marks: Marks, faults: Iterable[ReviewFault]) -> Written:
    """What was typed, with what to mend at each field."""
    said: dict[str, list[Words]] = {}
    for fault in faults:
        kind = "level" if fault.lack is Lack.LEVEL else "comment"
        name = f"{kind}-{fault.criterion}" if fault.criterion else "overall"
        said.setdefault(name, []).append(advice(fault.remark) if fault.remark else LACKS[fault.lack])
    return Written(levels=marks.levels, comments=marks.comments, overall=marks.overall, faults=said)


def remarked(marks: Marks, remarks: Mapping[str, Iterable[Remark]]) -> Written:
    """What was typed, with what is said of its words at each field."""
    said = {name: [advice(remark) for remark in found] for name, found in remarks.items()}
    return Written(levels=marks.levels, comments=marks.comments, overall=marks.overall, faults=said)


def _asks_for_words(content: Content) -> bool:
    return any(criterion.comment == "required" for criterion in content.criteria)


def _heading(desk: Desk, assignment: Assignment, duty: Duty) -> Heading:
    number = min(duty.given + 1, max(duty.owed, 1))
    place = _("Review %(n)s of %(total)s") % {"n": number, "total": duty.owed} if duty.owed else _("Review")
    left = ngettext("%(left)s of %(total)s review left", "%(left)s of %(total)s reviews left", duty.owed)
    return heading_of(
        desk,
        assignment,
        heading=_("Review a peer's work"),
        place=place if not duty.done else _("One more review"),
        tag=left % {"left": duty.left, "total": duty.owed} if duty.left else "",
        steps=duty.stages,
    )


def _work(desk: Desk, content: Content, review: Review, address: str, now: datetime) -> WorkView:
    version = review.submission.versions.select_related("submission").get(number=review.version)
    return work_of_version(
        version,
        content,
        says=anonymous(version, now=now),
        language=desk.language,
        files=file_views(version, reader_id=desk.person_id or 0),
        returns_to=f"{address}return/",
        flags_to=f"{address}flag/",
    )


def _how(assignment: Assignment) -> str:
    count = assignment.reviews_to_get
    said = ngettext(
        "Choose the line that fits best. You are one reader; your words count most.",
        "Choose the line that fits best. You are one of %(n)s readers; each counts according to how steady they are.",
        count,
    )
    return said % {"n": count}
