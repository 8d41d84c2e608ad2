"""What a pull looks at, in one question: the reader, how the assignment stands, and the oldest few of each shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from django.db import connection
from psycopg.pq import Format

from stoa.accounts.models import Person
from stoa.peer_review.models import Assignment
from stoa.peer_review.queries.readers import READER, Known, reviewer
from stoa.peer_review.queries.terms import Standing, standing_with
from stoa.peer_review.rules.allocation import SHORTLIST, Candidate, Credit, Reviewer, Role
from stoa.peer_review.rules.allocation.eligibility import SECOND_LANGUAGE_DAY, VOLUNTEER_DAY
from stoa.peer_review.rules.allocation.valuing import MOST
from stoa.peer_review.rules.promise import LADDER_DAYS, Promise

Value = bool | int | str | datetime | list[int] | list[str]
MAY: Final = """
    place.assignment_id = %(assignment)s AND place.readable AND place.since <= %(oldest)s
    AND place.submission_id <> ALL({seen}) AND NOT place.authors && {forbidden}
    AND (place.cluster = '' OR place.cluster <> ALL({clusters}))
    AND (place.language = '' OR cardinality({languages}) = 0 OR place.language = ANY({languages})
         OR (place.language = ANY({second}) AND place.since <= %(relaxed)s))
"""
"""What rules.allocation.eligibility says, for an index; its verdict is asked again for whoever may be chosen."""
# The first row is the reader's, then come the places.
_SHORTLIST: Final = """
WITH {reader}
SELECT NULL::bigint, reader.apart, NULL::timestamptz, reader.pool::smallint, reader.backlog, NULL::smallint,
    NULL::smallint, '', '', NULL::boolean, NULL::float8, NULL::float8, NULL::boolean,
    reader.held, reader.seen, reader.read_by, reader.clusters, reader.languages, reader.second, reader.marking
FROM reader
UNION ALL
SELECT place.submission_id, place.authors, place.since, place.credit, place.on_time, place.done, place.leased,
    place.language, place.cluster, place.has_strong, place.variance, place.half_width, place.near_line,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM reader, LATERAL ({places}) AS place
"""
_SHELVES: Final = """
SELECT found.* FROM (VALUES (0), (1), (2)) AS credit(n), (VALUES (true), (false)) AS on_time(n),
    (VALUES {counts}) AS effective(n),
LATERAL (
    SELECT place.* FROM peer_review_place AS place
    WHERE place.credit = credit.n AND place.on_time = on_time.n AND place.effective = effective.n AND {may}
    ORDER BY place.since, place.submission_id LIMIT {few}
) AS found
"""
# The 8 points are valuing.NARROW, in figures for the index's sake.
_UNCERTAIN: Final = """
SELECT place.* FROM peer_review_place AS place
WHERE place.half_width > 8 AND place.done >= {wanted} AND place.leased = 0 AND place.done < {most} AND {may}
ORDER BY place.variance DESC LIMIT {few}
"""


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """What a pull looks at."""

    held: int | None
    """The review that the person is writing."""
    reader: Reviewer
    standing: Standing
    shelves: Sequence[Sequence[Candidate]]
    """The oldest few of each that the reader may read."""


class Asker(NamedTuple):
    """Somebody who asks for work to read."""

    assignment: Assignment
    person: Person
    role: Role
    at: datetime


def shortlist(asker: Asker) -> Shortlist:
    """The oldest of what has fewer reviews and readers than it is meant to get."""
    counts = range(asker.assignment.reviews_to_get if asker.role is Role.PEER else 1)
    return _answered(asker, _covering(tuple(counts)))


def uncertain(asker: Asker) -> Shortlist:
    """Work that has its reviews, and whose score they leave uncertain: it is worth less than all other work."""
    return _answered(asker, _settling(asker.assignment.reviews_to_get))


def barriers(asker: Asker) -> Mapping[str, Value]:
    """What MAY asks, but for what the database knows of the reader."""
    assignment, at = asker.assignment, asker.at
    span = Promise(days=assignment.promise_days).span
    return {
        "assignment": assignment.pk,
        "oldest": at - span * (VOLUNTEER_DAY / LADDER_DAYS) if asker.role is Role.VOLUNTEER else at,
        "relaxed": at - span * (SECOND_LANGUAGE_DAY / LADDER_DAYS),
    }


@cache
def _covering(counts: Sequence[int]) -> str:
    """The counts stand in the question: as parameters they would have it planned anew each time."""
    return _statement(_SHELVES.format(counts=", ".join(f"({count})" for count in counts), may="{may}", few=SHORTLIST))


@cache
def _settling(wanted: int) -> str:
    return _statement(_UNCERTAIN.format(wanted=wanted, most=MOST, may="{may}", few=SHORTLIST))


def _statement(places: str) -> str:
    known = ("seen", "forbidden", "clusters", "languages", "second")
    may = MAY.format(**{name: f"reader.{name}" for name in known})
    words = _SHORTLIST.format(reader=READER, places=places.format(may=may))
    # psycopg remembers how it read a statement of up to 4,096 signs.
    return " ".join(words.split())


def _answered(asker: Asker, statement: str) -> Shortlist:
    assignment, person = asker.assignment, asker.person
    asked = {**barriers(asker), "run": assignment.run_id, "person": person.pk}
    with connection.cursor() as cursor:
        # Seventy rows cost 0.3 ms of CPU as text, 0.06 ms in binary.
        cursor.cursor.format = Format.BINARY
        cursor.execute(statement, asked)
        rows = cursor.fetchall()
    (own,) = (row for row in rows if row[0] is None)
    held, seen, read_by, clusters, languages, second, marking = own[13:]
    known = Known(
        seen=seen,
        read_by=read_by,
        apart=own[1],
        clusters=clusters,
        languages=languages,
        second=second,
        marking=marking,
    )
    candidates = [
        Candidate(row[0], frozenset(row[1]), row[2], Credit(row[3]), *row[4:13]) for row in rows if row[0] is not None
    ]
    return Shortlist(
        held=held,
        reader=reviewer(person.pk, asker.role, known),
        standing=standing_with(assignment, pool=own[3], backlog=own[4]),
        shelves=[list(shelf) for _, shelf in groupby(candidates, key=lambda one: one.shelf)],
    )
