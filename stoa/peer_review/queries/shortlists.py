"""The shortlist of a pull: the oldest few of each shelf that a reader may read, by index."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from stoa.peer_review.rules.allocation import SHORTLIST, Candidate, Credit, Reviewer, Role, Terms, eligible
from stoa.peer_review.rules.allocation.eligibility import SECOND_LANGUAGE_DAY, SMALL_POOL, VOLUNTEER_DAY
from stoa.peer_review.rules.allocation.valuing import MOST

# The filters say what rules.allocation.eligibility says; its verdict is asked again for each row that comes back.
# The 8 points are valuing.NARROW, in figures for the index's sake.
_Value = int | str | datetime | list[int] | list[bool] | list[str]
_MAY = """
      place.assignment_id = %(assignment)s AND place.readable AND place.since <= %(now)s
      AND place.submission_id <> ALL(%(seen)s)
      AND NOT place.authors && %(apart)s::bigint[]
      AND (place.cluster = '' OR place.cluster <> ALL(%(clusters)s))
      AND (place.language = '' OR cardinality(%(languages)s::text[]) = 0 OR place.language = ANY(%(languages)s)
           OR (place.language = ANY(%(second)s) AND place.since <= %(relaxed)s))
"""
_ROW = """
    place.submission_id, place.authors, place.since, place.credit, place.on_time, place.done, place.leased,
    place.language, place.cluster, place.has_strong, place.variance, place.half_width, place.near_line
"""
_SHORTLIST = f"""
SELECT found.* FROM unnest(%(credits)s::int[], %(times)s::boolean[], %(counts)s::int[])
       AS shelf(credit, on_time, effective),
LATERAL (
    SELECT {_ROW} FROM peer_review_place AS place
    WHERE place.credit = shelf.credit AND place.on_time = shelf.on_time AND place.effective = shelf.effective AND {_MAY}
      AND place.since <= %(oldest)s
    ORDER BY place.since, place.submission_id LIMIT %(few)s
) AS found
UNION ALL
(SELECT {_ROW} FROM peer_review_place AS place
 WHERE place.half_width > 8 AND place.done >= %(wanted)s AND place.leased = 0 AND place.done < %(most)s
   AND %(peer)s AND {_MAY}
 ORDER BY place.variance DESC LIMIT %(few)s)
"""  # noqa: S608 -- put together from constants of this file only


def shortlist(
    assignment_id: int, reviewer: Reviewer, *, now: datetime, terms: Terms, few: int = SHORTLIST
) -> list[Candidate]:
    """The candidates that a choice needs to look at."""
    shelves = [
        (credit, on_time, count) for credit in range(3) for on_time in (True, False) for count in range(terms.wanted)
    ]
    if reviewer.role is Role.VOLUNTEER:
        shelves = [shelf for shelf in shelves if shelf[2] == 0]
    apart = reviewer.apart | {reviewer.person} | (reviewer.read_by if terms.pool >= SMALL_POOL else frozenset())
    values: Mapping[str, _Value] = {
        "assignment": assignment_id,
        "now": now,
        "credits": [shelf[0] for shelf in shelves],
        "times": [shelf[1] for shelf in shelves],
        "counts": [shelf[2] for shelf in shelves],
        "seen": list(reviewer.seen),
        "apart": list(apart),
        "clusters": list(reviewer.clusters),
        "languages": list(reviewer.languages),
        "second": list(reviewer.second_languages),
        "relaxed": now - terms.promise.span * (SECOND_LANGUAGE_DAY / 7),
        "oldest": now - terms.promise.span * (VOLUNTEER_DAY / 7) if reviewer.role is Role.VOLUNTEER else now,
        "peer": reviewer.role is Role.PEER,
        "wanted": terms.wanted,
        "most": MOST,
        "few": few,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHORTLIST, values)
        rows = [
            Candidate(
                submission=row[0],
                authors=frozenset(row[1]),
                since=row[2],
                credit=Credit(row[3]),
                on_time=row[4],
                done=row[5],
                leased=row[6],
                language=row[7],
                cluster=row[8],
                has_strong=row[9],
                variance=row[10],
                half_width=row[11],
                near_line=row[12],
            )
            for row in cursor.fetchall()
        ]
    return [one for one in rows if eligible(reviewer, one, now=now, terms=terms)]
