"""Quizzes as one learner sees them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from stoa.assessment.queries.parts import Shown, part_views
from stoa.assessment.queries.published import Published, seed, shelf_of
from stoa.assessment.queries.sheets import SheetState, extra_minutes, sheets_of, standing_of, votes_of
from stoa.assessment.queries.view_model import PieceView, QuizState, QuizView
from stoa.assessment.rules import showing
from stoa.assessment.rules.answers import Answers
from stoa.assessment.rules.faults import Fault
from stoa.assessment.rules.showing import Standing
from stoa.courseware.queries import Desk, Shift, shifts_of


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Answers that could not be taken as they stand, and why: shown instead of those kept."""

    answers: Answers = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    problem: Promise | str = ""


NOTHING_REFUSED = Refusal()


def quiz_views(desk: Desk, item_ids: Iterable[str], *, now: datetime) -> Mapping[str, QuizView]:
    """The quizzes among the items, as the reader of this desk sees them; one query, and one more for polls."""
    shelf = shelf_of(desk.version_id)
    shown = [shelf.quizzes[item_id] for item_id in item_ids if item_id in shelf.quizzes]
    reader = _reader(desk, shown, now)
    return {quiz.item_id: _view(quiz, reader, NOTHING_REFUSED) for quiz in shown}


def refused_view(desk: Desk, quiz: Published, refusal: Refusal, *, now: datetime) -> QuizView:
    """A quiz with the answers that were just refused, and what to mend."""
    return _view(quiz, _reader(desk, [quiz], now), refusal)


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """Whoever looks at the quizzes, and all that is known of them."""

    desk: Desk
    sheets: Mapping[str, SheetState]
    extra: Mapping[str, float]
    shifts: Sequence[Shift]
    votes: Mapping[tuple[str, str], Mapping[str, int]]
    now: datetime


def _reader(desk: Desk, quizzes: list[Published], now: datetime) -> _Reader:
    learner = desk.enrolment_id if desk.enrolled else None
    sheets = sheets_of(learner, (quiz.item_id for quiz in quizzes))
    timed = learner is not None and any(quiz.face.minutes_allowed for quiz in quizzes)
    dated = not desk.self_paced and any(quiz.due for quiz in quizzes)
    polled = [
        quiz.item_id
        for quiz in quizzes
        if quiz.face.show_results and quiz.item_id in sheets and sheets[quiz.item_id].attempts
    ]
    return _Reader(
        desk=desk,
        sheets=sheets,
        extra=extra_minutes(learner) if timed and learner else {},
        shifts=shifts_of(learner, now=now) if dated and learner else (),
        votes=votes_of(desk.run_id, polled) if polled else {},
        now=now,
    )


def _view(quiz: Published, reader: _Reader, refusal: Refusal) -> QuizView:
    sheet = reader.sheets.get(quiz.item_id, SheetState())
    standing = _standing(quiz, sheet, reader)
    state = _state(quiz, standing, reader)
    handed_in = sheet.latest is not None and not refusal.answers and (sheet.saved_at is None or state is _CLOSED)
    solution = showing.shows_answers(quiz.face, standing) and reader.desk.enrolled and quiz.face.scored
    shown = _shown(quiz, sheet, reader, refusal, handed_in=handed_in, solution=solution)
    dom_id = f"quiz-{quiz.item_id}"
    parts = part_views(quiz, dom_id, shown)
    by_id = {part.id: part for part in parts}
    face, latest = quiz.face, sheet.latest
    return QuizView(
        item_id=quiz.item_id,
        dom_id=dom_id,
        title=face.title,
        address=f"{reader.desk.address}quizzes/{quiz.item_id}/",
        step_address=f"{reader.desk.address}steps/{quiz.step_id}/",
        backup=f"{reader.desk.enrolment_id}:{quiz.item_id}",
        intro=face.intro.source,
        outro=face.outro.source,
        pieces=tuple(PieceView(html=piece.html, part=by_id.get(piece.part)) for piece in quiz.pieces),
        parts=parts,
        state=state,
        scored=face.scored and quiz.out_of > 0,
        points=quiz.out_of,
        attempts=sheet.attempts,
        attempts_allowed=face.attempts,
        minutes=_minutes(quiz, standing),
        ends_at=showing.ends_at(face, standing),
        next_at=showing.next_attempt_at(face, standing),
        saved_at=sheet.saved_at if not handed_in else None,
        asks_about_blanks=Fault.EMPTY in refusal.faults.values(),
        shows_result=handed_in,
        tells_right=face.show_correctness,
        earned=latest.earned if latest else 0.0,
        best=None if sheet.best is None else sheet.best * quiz.out_of,
        right=standing.right,
        rescored_for=sheet.rescored_for,
        hints=tuple(hint.source for hint in quiz.key.hints[: sheet.hints]),
        hints_left=max(0, len(quiz.key.hints) - sheet.hints),
        shows_solution=solution,
        solution=quiz.key.solution.source if solution else "",
        problem=refusal.problem,
    )


_CLOSED = QuizState.CLOSED


def _standing(quiz: Published, sheet: SheetState, reader: _Reader) -> Standing:
    desk = reader.desk
    return standing_of(
        quiz, sheet, self_paced=desk.self_paced, extra=reader.extra, shifts=reader.shifts, now=reader.now
    )


def _state(quiz: Published, standing: Standing, reader: _Reader) -> QuizState:
    if not reader.desk.enrolled:
        return QuizState.LOOK_ONLY
    if showing.is_closed(quiz.face, standing):
        return _CLOSED
    opens = showing.next_attempt_at(quiz.face, standing)
    if opens and reader.now < opens:
        return QuizState.WAITING
    if quiz.face.minutes_allowed is not None and standing.started_at is None:
        return QuizState.NOT_STARTED
    return QuizState.TIME_IS_UP if showing.time_is_up(quiz.face, standing, reader.now) else QuizState.OPEN


def _minutes(quiz: Published, standing: Standing) -> float | None:
    allowed = quiz.face.minutes_allowed
    return None if allowed is None else allowed + standing.extra_minutes


def _shown(
    quiz: Published, sheet: SheetState, reader: _Reader, refusal: Refusal, *, handed_in: bool, solution: bool
) -> Shown:
    latest = sheet.latest
    kept = latest.answers if handed_in and latest else sheet.answers
    told = handed_in and latest is not None and quiz.face.show_correctness
    return Shown(
        answers=refusal.answers or kept,
        results=latest.results if told and latest else {},
        faults=refusal.faults,
        votes=reader.votes if handed_in else {},
        solution=solution,
        seed=seed(reader.desk.enrolment_id or 0),
    )
