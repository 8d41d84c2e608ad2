"""Before the score: where the work is in the queue, and what happens by itself if peers are late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.kernel.dates import moment_in_words
from stoa.peer_review.models import Assignment, Place, Review, Score, Submission
from stoa.peer_review.queries.durations import in_words
from stoa.peer_review.queries.duties import Duty
from stoa.peer_review.rules.clock import Rung, rung_at
from stoa.peer_review.rules.promise import Promise

State = Submission.State
QUEUED = (State.SUBMITTED, State.OPEN, State.URGENT, State.PROVISIONAL, State.STAFF)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A figure with its name."""

    name: str
    figure: str


@dataclass(frozen=True, kw_only=True)
class RungRow:
    """What happens at a moment, by itself."""

    when: str
    says: str
    state: str


@dataclass(frozen=True, kw_only=True)
class NextAct:
    """What the author can do now."""

    address: str
    says: str


@dataclass(frozen=True, kw_only=True)
class WaitingView:
    """How a piece of work waits."""

    title: str
    facts: tuple[Fact, ...]
    rungs: tuple[RungRow, ...]
    responsible: str
    next: NextAct | None


@dataclass(frozen=True, kw_only=True)
class WhenRow:
    """One line of how it went: words, a figure in bold, words."""

    icon: str
    before: str
    bold: str = ""
    after: str = ""


def waiting_view(assignment: Assignment, duty: Duty, *, address: str, got: int, now: datetime) -> WaitingView | None:
    """How the author's work waits; None without work."""
    work = duty.submission
    if work is None:
        return None
    return WaitingView(
        title=_title(work, duty),
        facts=tuple(_facts(assignment, duty, work, got)),
        rungs=tuple(_rungs(assignment, work, got, now)) if work.state in QUEUED and "peer" in assignment.flow else (),
        responsible=_who(assignment),
        next=_next(duty, address),
    )


def when_it_came(work: Submission, reviews: Sequence[Review], score: Score | None) -> tuple[WhenRow, ...]:
    """How it went: handed in, first review, score."""
    return tuple(_when(work, reviews, score))


def queue_place(work: Submission) -> int:
    """How many works wait before this one for a review, counted from those that need one as much; 0 is next."""
    place = Place.objects.filter(submission=work).first()
    if place is None:
        return 0
    before = Place.objects.filter(assignment=place.assignment_id, readable=True, since__lt=place.since)
    return before.filter(effective__lte=place.effective, credit__gte=place.credit).count()


def _title(work: Submission, duty: Duty) -> str:
    if work.state == State.INTEGRITY_HOLD:
        return _("An instructor looks into where it comes from")
    if work.state == State.SCREEN:
        return _("It can't be read yet")
    if work.state == State.NO_HARM:
        return _("Left out of your score")
    return _("Give your reviews to see your score") if duty.left and work.state == State.FINAL else _("On its way")


def _facts(assignment: Assignment, duty: Duty, work: Submission, got: int) -> Iterator[Fact]:
    if work.state in QUEUED:
        ahead = queue_place(work)
        yield Fact(name=_("your place in the queue"), figure=_("next") if not ahead else str(ahead + 1))
    yield Fact(
        name=_("reviews you got"), figure=_("%(n)s of %(total)s") % {"n": got, "total": assignment.reviews_to_get}
    )
    if duty.owed:
        yield Fact(name=_("reviews you gave"), figure=_("%(n)s of %(total)s") % {"n": duty.given, "total": duty.owed})


def _rungs(assignment: Assignment, work: Submission, got: int, now: datetime) -> Iterator[RungRow]:
    promise = Promise(days=assignment.promise_days)
    words = {
        Rung.VOLUNTEERS: _("Without a review: volunteers see it too."),
        Rung.URGENT: _("Without a review: whoever reads next is given yours."),
        Rung.STAFF: _("Without a review: an instructor reads it."),
        Rung.FINAL: _("Your score is final, whatever has come by then."),
    }
    moments = {rung: rung_at(rung, since=work.t0, promise=promise) for rung in words}
    coming = [rung for rung in words if moments[rung] > now]
    for rung, says in words.items():
        skipped = got and rung is not Rung.FINAL
        if skipped:
            continue
        state = "now" if coming[:1] == [rung] else "later" if rung in coming else "done"
        yield RungRow(when=moment_in_words(localtime(moments[rung]), now=now), says=says, state=state)


def _who(assignment: Assignment) -> str:
    if assignment.responsible is None:
        return ""
    return _("%(name)s is responsible for it.") % {"name": assignment.responsible.display_name}


def _next(duty: Duty, address: str) -> NextAct | None:
    if duty.left:
        says = ngettext("Read %(n)s more work", "Read %(n)s more works", duty.left) % {"n": duty.left}
        return NextAct(address=f"{address}reviews/", says=says)
    return None


def _when(work: Submission, reviews: Sequence[Review], score: Score | None) -> Iterator[WhenRow]:
    date = moment_in_words(localtime(work.submitted_at), now=localtime(work.submitted_at))
    said = _("Submitted %(date)s, on time") if work.on_time else _("Submitted %(date)s, late")
    yield WhenRow(icon="send", before=said % {"date": date})
    first = min((review.submitted_at for review in reviews if review.submitted_at), default=None)
    if first:
        yield WhenRow(icon="mail-open", before=_("First review after"), bold=in_words(first - work.t0))
    if score and score.final_at:
        days = (work.promised_at - work.t0).days
        promised = ngettext("; promised: %(n)s day", "; promised: %(n)s days", days) % {"n": days}
        took = in_words(score.final_at - work.t0)
        yield WhenRow(icon="circle-check", before=_("Score final after"), bold=took, after=promised)
        yield WhenRow(icon="lock", before=_("It can go up, but never down by itself"))
