"""Counting the answers of polls, surveys and word clouds."""

from collections.abc import Iterator

from django.db import connection

from stoa.assessment.queries.published import Published
from stoa.assessment.rules.answers import Answers
from stoa.assessment.rules.wording import tidy
from stoa.coursedoc.model import ChoicePart, FreeTextPart

_LONGEST_WORD = 60

_COUNT = """
INSERT INTO assessment_vote AS vote (run_id, item_id, part_id, answer, count) VALUES (%s, %s, %s, %s, greatest(0, %s))
ON CONFLICT ON CONSTRAINT one_count_per_answer DO UPDATE SET count = greatest(0, vote.count + %s)
"""


def count_votes(*, run_id: int, quiz: Published, before: Answers, after: Answers) -> None:
    """Count a learner's answers instead of those they gave before."""
    old, new = set(_votes(quiz, before)), set(_votes(quiz, after))
    # In one order always, so that two learners never wait for each other's rows.
    changes = sorted([(vote, 1) for vote in new - old] + [(vote, -1) for vote in old - new])
    with connection.cursor() as cursor:
        for (part_id, answer), change in changes:
            cursor.execute(_COUNT, [run_id, quiz.item_id, part_id, answer, change, change])


def _votes(quiz: Published, answers: Answers) -> Iterator[tuple[str, str]]:
    for part in quiz.key.parts:
        values = answers.get(part.id, ())
        if isinstance(part, ChoicePart):
            yield from ((part.id, value) for value in values)
        elif isinstance(part, FreeTextPart) and part.words_wanted:
            yield from ((part.id, tidy(value).casefold()[:_LONGEST_WORD]) for value in values)
