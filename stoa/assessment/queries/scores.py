"""The score book."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import connection

from stoa.assessment.models import Sheet
from stoa.assessment.queries.published import Shelf, shelf_of
from stoa.assessment.rules import score_book
from stoa.assessment.rules.score_book import Entry, ScoreTable


def score_table(*, version_id: int, enrolment_id: int) -> ScoreTable:
    """What a learner earned so far by the version's scheme, in one query."""
    return score_tables({enrolment_id: version_id})[enrolment_id]


# One plan for lists of any length (decision 0010).
_BEST = """
SELECT enrolment_id, item_id, best FROM assessment_sheet
WHERE enrolment_id = ANY((SELECT %s::bigint[])::bigint[]) AND (best IS NOT NULL OR left_out)
"""


def score_tables(versions: Mapping[int, int]) -> Mapping[int, ScoreTable]:
    """The tables of several enrolments, each with the version of its run, in one query."""
    shares: dict[int, dict[str, float | None]] = {enrolment_id: {} for enrolment_id in versions}
    with connection.cursor() as cursor:
        cursor.execute(_BEST, [list(versions)])
        for enrolment_id, item_id, best in cursor.fetchall():
            shares[enrolment_id][item_id] = best
    return {
        enrolment_id: _table(shelf_of(version_id), enrolment_id, shares[enrolment_id])
        for enrolment_id, version_id in versions.items()
    }


def quizzes_passed(*, version_id: int, enrolment_id: int, item_ids: Iterable[str]) -> bool:
    """Whether the learner reached the passing line in all of these quizzes."""
    wanted = set(item_ids)
    line = shelf_of(version_id).scheme.passing
    passed = Sheet.objects.filter(enrolment_id=enrolment_id, item_id__in=wanted, best__gte=line)
    return passed.count() == len(wanted)


def _table(shelf: Shelf, enrolment_id: int, shares: Mapping[str, float | None]) -> ScoreTable:
    return score_book.score_table(shelf.scheme, _entries(shelf, enrolment_id, shares))


def _entries(shelf: Shelf, enrolment_id: int, shares: Mapping[str, float | None]) -> Iterator[Entry]:
    for quiz in shelf.quizzes.values():
        if not quiz.hidden and quiz.out_of > 0 and shelf.is_given(quiz, enrolment_id):
            yield Entry(lesson=quiz.lesson_id, part=quiz.score_part, out_of=quiz.out_of, share=shares.get(quiz.item_id))
    for work in shelf.works:
        # Known without a share: the work was left out.
        if work.item_id not in shares or shares[work.item_id] is not None:
            yield Entry(lesson=work.lesson_id, part=work.score_part, out_of=work.out_of, share=shares.get(work.item_id))
