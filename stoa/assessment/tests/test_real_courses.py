"""Every quiz of courses that others wrote: its own right answers earn everything, wrong ones less.

The courses are not part of the project: STOA_COURSES may name the folder with their archives.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from stoa.assessment.actions.matching import matches
from stoa.assessment.rules.answers import Answers, unscorable
from stoa.assessment.rules.scoring import most, score
from stoa.coursedoc import walking
from stoa.coursedoc.formats import read_course
from stoa.coursedoc.model import ChoicePart, FreeTextPart, NumberAnswer, NumberPart, Part, Quiz, TextPart
from stoa.coursedoc.model.quizzes import ChoiceKind

ROOT = Path(__file__).parents[3]
COURSES = Path(os.environ.get("STOA_COURSES", ROOT.parent / "shared" / "data" / "courses"))
pytestmark = pytest.mark.skipif(not COURSES.is_dir(), reason=f"no courses of others in {COURSES}")
ARCHIVES = sorted(COURSES.glob("*.tar.gz")) if COURSES.is_dir() else [Path("none")]


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name.partition(".")[0])
def test_right_answers_earn_everything_and_wrong_ones_less(archive: Path, tmp_path: Path) -> None:
    course = read_course(archive, work=tmp_path, progress=lambda *_: None).course
    quizzes = [item for item in walking.items(course) if isinstance(item, Quiz) and item.scored and most(item) > 0]
    assert quizzes

    unfair = [quiz.id for quiz in quizzes if _can_be_right(quiz) and not _is_fair(quiz)]

    assert unfair == []


def _is_fair(quiz: Quiz) -> bool:
    right = {part.id: _right(part) for part in quiz.parts}
    wrong = {part.id: values for part in quiz.parts for values in _wrong(part)}
    best, worst = score(quiz, right, matches=matches), score(quiz, {**right, **wrong}, matches=matches)
    return (
        best.share == pytest.approx(1)
        and best.right
        and (not wrong or worst.share < best.share)
        and _readable(quiz, right)
    )


def _readable(quiz: Quiz, right: Answers) -> bool:
    may_be_empty = {part.id for part in quiz.parts if not right[part.id]}
    return set(unscorable(quiz, right)) <= may_be_empty


def _can_be_right(quiz: Quiz) -> bool:
    """Whether the author named a right answer for each part: some forgot."""
    return all(
        not isinstance(part, ChoicePart)
        or part.kind is ChoiceKind.MANY
        or any(choice.correct for choice in part.choices)
        for part in quiz.parts
    )


def _right(part: Part) -> tuple[str, ...]:
    match part:
        case ChoicePart():
            right = tuple(choice.id for choice in part.choices if choice.correct)
            return right if part.kind is ChoiceKind.MANY else right[:1]
        case NumberPart():
            return (_inside(max(part.answers, key=lambda answer: answer.credit)),)
        case TextPart():
            return (_spelled(next(answer.text for answer in part.answers if answer.correct)),)
        case _:
            return ("Something of one's own",)


def _wrong(part: Part) -> Iterator[tuple[str, ...]]:
    """Answers that nobody takes for right; none where everything is."""
    match part:
        case ChoicePart() if part.kind is ChoiceKind.MANY:
            yield tuple(choice.id for choice in part.choices if not choice.correct)
        case ChoicePart():
            yield from [(choice.id,) for choice in part.choices if not choice.correct][:1]
        case NumberPart():
            yield ("-987654321.123",)
        case TextPart():
            # Some patterns take anything: nothing is wrong there.
            nonsense = "?!~"
            if not any(answer.text in {".*", ".+", "."} for answer in part.answers if part.pattern):
                yield (nonsense,)
        case FreeTextPart():
            yield ()


def _inside(answer: NumberAnswer) -> str:
    if not answer.low and not answer.high:
        return answer.value
    return f"(({answer.low or answer.high}) + ({answer.high or answer.low}))/2"


def _spelled(pattern: str) -> str:
    """A text that a simple pattern finds: its first alternative without the signs."""
    first = pattern.strip().strip("^$").split("|")[0].strip("()")
    return first.replace(".*", "x").replace(r"\s", " ").replace("\\", "").replace("?", "").replace("+", "")
