"""Quizzes as published: read once in a process, since a version never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from stoa.assessment.models import PublishedPool, PublishedQuiz, PublishedScheme, PublishedWork
from stoa.assessment.rules import drawing, preparing, scoring, stripping
from stoa.assessment.rules.preparing import Piece
from stoa.coursedoc import canonical
from stoa.coursedoc.model import Quiz, ScoreScheme

KEPT = 32
"""Versions that a process keeps read."""


class QuizUnknown(Exception):
    """There is no such quiz for this learner. Go back to the lesson and open it again."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """A quiz with its key and its place. Only actions look at `key`; pages get the `face`."""

    item_id: str
    step_id: str
    lesson_id: str
    score_part: str
    due: datetime | None
    hidden: bool
    pool_id: str
    content: str

    @cached_property
    def key(self) -> Quiz:
        """The whole quiz, with what is right."""
        return canonical.read(Quiz, self.content)

    @cached_property
    def face(self) -> Quiz:
        """The quiz as anybody may see it."""
        return stripping.face(self.key)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The layout cut at the places of the parts; empty where they stand one below the other."""
        layout = self.key.layout.source
        return preparing.pieces(layout, (part.id for part in self.key.parts)) if layout else ()

    @cached_property
    def out_of(self) -> float:
        """The most that it can earn."""
        return scoring.most(self.key)


@dataclass(frozen=True, kw_only=True)
class DrawnPool:
    """Items of which each learner gets some."""

    pool_id: str
    draw: int | None
    item_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ScoredWork:
    """An assignment in the score scheme."""

    item_id: str
    lesson_id: str
    score_part: str
    out_of: float


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Everything that assessment knows of a version."""

    quizzes: Mapping[str, Published]
    pools: Mapping[str, DrawnPool]
    scheme: ScoreScheme
    works: tuple[ScoredWork, ...] = ()
    """Assignments that earn points."""

    def is_given(self, quiz: Published, enrolment_id: int) -> bool:
        """Whether this learner gets the quiz: the pool that it is in may have drawn others."""
        return not quiz.pool_id or quiz.item_id in self.drawn(quiz.pool_id, enrolment_id)

    def drawn(self, pool_id: str, enrolment_id: int) -> tuple[str, ...]:
        """Ids of the items that a learner gets of a pool."""
        pool = self.pools[pool_id]
        return drawing.drawn(pool.item_ids, draw=pool.draw, pool=pool_id, seed=seed(enrolment_id))


def seed(enrolment_id: int) -> str:
    """What a learner's chance hangs on."""
    return f"enrolment {enrolment_id}"


@lru_cache(maxsize=KEPT)
def shelf_of(version_id: int) -> Shelf:
    """What is published of a version."""
    quizzes = PublishedQuiz.objects.filter(version_id=version_id).order_by("position")
    pools = PublishedPool.objects.filter(version_id=version_id)
    scheme = PublishedScheme.objects.filter(version_id=version_id).values_list("content", flat=True).first()
    return Shelf(
        quizzes={row.item_id: _published(row) for row in quizzes},
        pools={
            row.pool_id: DrawnPool(pool_id=row.pool_id, draw=row.draw, item_ids=tuple(row.item_ids)) for row in pools
        },
        scheme=canonical.read(ScoreScheme, scheme) if scheme else ScoreScheme(),
        works=tuple(
            ScoredWork(item_id=row.item_id, lesson_id=row.lesson_id, score_part=row.score_part, out_of=row.out_of)
            for row in PublishedWork.objects.filter(version_id=version_id).order_by("pk")
        ),
    )


def forget() -> None:
    """Read versions again: a renderer that changed may have laid one out anew."""
    shelf_of.cache_clear()


def quiz_for(*, version_id: int, enrolment_id: int, item_id: str) -> Published:
    """The quiz, if the learner gets it.

    Raises QuizUnknown.
    """
    shelf = shelf_of(version_id)
    quiz = shelf.quizzes.get(item_id)
    if quiz is None or quiz.hidden or not shelf.is_given(quiz, enrolment_id):
        raise QuizUnknown
    return quiz


def drawn_items(*, version_id: int, enrolment_id: int, pool_id: str) -> tuple[str, ...]:
    """Ids of the items that a learner gets of a pool; none where the version has no such pool."""
    shelf = shelf_of(version_id)
    return shelf.drawn(pool_id, enrolment_id) if pool_id in shelf.pools else ()


def _published(row: PublishedQuiz) -> Published:
    return Published(
        item_id=row.item_id,
        step_id=row.step_id,
        lesson_id=row.lesson_id,
        score_part=row.score_part,
        due=row.due,
        hidden=row.hidden,
        pool_id=row.pool_id,
        content=row.content,
    )
