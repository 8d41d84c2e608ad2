"""How a score came about: every final score says it, whether the estimator has looked at it yet or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.peer_review.models import Anchor, Assignment, Lowering, Review, Score
from stoa.peer_review.queries.explained import explanation_in
from stoa.peer_review.queries.notes import Notice
from stoa.peer_review.queries.score_views import ReaderRow, plain_rows, reader_rows, staff_rows
from stoa.peer_review.rules.scoring.explanation import Explanation

WORTH = 0.5
"""Points from which two scores differ."""


@dataclass(frozen=True, kw_only=True)
class CameAbout:
    """Who gave what and how it counted, and the words to it."""

    rows: tuple[ReaderRow, ...]
    says: tuple[str, ...]


def came_about(
    assignment: Assignment, score: Score, reviews: Sequence[Review], *, own: float | None = None
) -> CameAbout:
    """How this score came about; `own` is the author's self-review, in points of 100."""
    explanation = explanation_in(score.explanation)
    peers = [review for review in reviews if review.points is not None and review.role != Review.Role.STAFF]
    return CameAbout(
        rows=_rows(score, explanation, peers, own),
        says=tuple(says for says in _says(assignment, score, explanation, peers) if says),
    )


def _rows(
    score: Score, explanation: Explanation | None, peers: Sequence[Review], own: float | None
) -> tuple[ReaderRow, ...]:
    marks = [(review.points or 0.0, review.weight) for review in peers]
    if score.method in {Score.Method.STAFF, Score.Method.FRESH}:
        by = _("An instructor") if score.method == Score.Method.STAFF else _("Two fresh readers")
        return staff_rows(_read_as(score), [points for points, _weight in marks], by=by, own=own)
    if explanation is not None and len(explanation.reviews) >= len(peers):
        return reader_rows(explanation, own=own)
    return plain_rows(marks, own=own)


def _says(
    assignment: Assignment, score: Score, explanation: Explanation | None, peers: Sequence[Review]
) -> Iterator[str]:
    if score.method == Score.Method.STAFF:
        yield _("An instructor read the whole work, and that reading is the score.")
    elif score.method == Score.Method.FRESH:
        yield _("Two peers who had not seen it read the whole work after your appeal; the score is their mean.")
    else:
        yield from _estimated(assignment, score, explanation, peers)
    if peers:
        yield _("Readers stand in the order of their marks, not of their words below.") if len(peers) > 1 else ""
    yield _("Names, countries and past scores play no part.")


def _estimated(
    assignment: Assignment, score: Score, explanation: Explanation | None, peers: Sequence[Review]
) -> Iterator[str]:
    if explanation is None or len(explanation.reviews) < len(peers):
        yield _("For now it is the mean of what the readers gave.")
        yield _("Within minutes each reader's habit is taken into account, too; a final score only ever rises by that.")
        return
    yield _habits(assignment)
    if len(peers) == 1:
        yield _("One reader read it. One reader says little, so the score lies nearer to the middle of all work.")
    if explanation.score is not None and score.points > explanation.score + WORTH:
        said = _("Reckoned anew from all reviews it would be %(now)s; a final score never falls by that.")
        yield said % {"now": round(explanation.score)}


def _habits(assignment: Assignment) -> str:
    staff = Anchor.objects.filter(assignment=assignment).count()
    if not staff:
        return _("How strict a reader usually is comes from all their reviews.")
    return ngettext(
        "How strict a reader usually is comes from all their reviews and from %(n)s work that an instructor read too.",
        "How strict a reader usually is comes from all their reviews and from %(n)s works that instructors read too.",
        staff,
    ) % {"n": staff}


def _read_as(score: Score) -> float:
    """What the reading gave: the score, unless that was lowered since."""
    made = lowering_of(score)
    return score.points if made is None else made.before


def lowering_of(score: Score) -> Lowering | None:
    """The lowering that made this score what it is; None where there is none, or an appeal raised it since."""
    made = Lowering.objects.filter(pk=score.pk).first()
    return None if made is None or score.points > made.after + WORTH else made


def lowered_notice(score: Score) -> Notice | None:
    """Why the course team lowered the score, for its author."""
    made = lowering_of(score)
    if made is None:
        return None
    title = _("The course team lowered your score from %(before)s to %(after)s.") % {
        "before": round(made.before),
        "after": round(made.after),
    }
    more = _("You may appeal: an instructor reads your words and the work once more.")
    return Notice(kind="clay", icon="scale", title=title, text=f"{made.get_kind_display()}: {made.reason} {more}")
