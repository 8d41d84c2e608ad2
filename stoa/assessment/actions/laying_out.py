"""Publishing hands over the quizzes of a version."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db import transaction

from stoa.assessment.models import PublishedPool, PublishedQuiz, PublishedScheme
from stoa.assessment.queries.published import forget
from stoa.assessment.rules import placing, preparing
from stoa.assessment.rules.placing import Placed
from stoa.catalogue.models import CourseVersion
from stoa.catalogue.queries import document_of
from stoa.coursedoc import canonical
from stoa.coursedoc.model import Course, Quiz, Text


@transaction.atomic
def lay_out_quizzes(*, version: CourseVersion, quizzes: Mapping[str, Quiz], render: Callable[[Text], str]) -> None:
    """Keep the quizzes of a version with their texts rendered, instead of those it had.

    Where they stand, and what they count for, the version's document says.
    """
    course = document_of(version)
    placed = [one for one in placing.quizzes(course) if one.quiz.id in quizzes]
    version.quizzes.all().delete()
    version.pools.all().delete()
    PublishedQuiz.objects.bulk_create(_rows(version, placed, quizzes, render), batch_size=200)
    PublishedPool.objects.bulk_create(_pools(version, course))
    PublishedScheme.objects.update_or_create(version=version, defaults={"content": canonical.written(course.scheme)})
    forget()
    transaction.on_commit(forget)


def _rows(
    version: CourseVersion, placed: Iterable[Placed], quizzes: Mapping[str, Quiz], render: Callable[[Text], str]
) -> Iterator[PublishedQuiz]:
    for position, place in enumerate(placed):
        quiz = preparing.prepared(quizzes[place.quiz.id], render)
        yield PublishedQuiz(
            version=version,
            item_id=quiz.id,
            step_id=place.step_id,
            lesson_id=place.lesson_id,
            position=position,
            score_part=place.part[:200],
            due=place.due,
            hidden=place.hidden,
            pool_id=place.pool.id if place.pool else "",
            content=canonical.written(quiz),
        )


def _pools(version: CourseVersion, course: Course) -> Iterator[PublishedPool]:
    for pool, ids in placing.pools(course).values():
        yield PublishedPool(version=version, pool_id=pool.id, draw=pool.draw, item_ids=list(ids))
