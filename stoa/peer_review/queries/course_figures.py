"""What a visitor may know of peer review in a course: waits, measured, and the promise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection

from stoa.peer_review.queries.durations import in_hours

FEWEST = 5
"""With fewer reviewed works the median says nothing, and might tell of single people."""
KEPT_FOR = timedelta(minutes=10)
"""Figures of large courses take their time, and change slowly."""
_FIGURES = """
SELECT run.course_id, max(assignment.promise_days), count(first.at),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(first.at - submission.t0, interval '0')),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY greatest(first.at - submission.t0, interval '0')),
       count(*) FILTER (WHERE place.on_time AND place.final_at IS NOT NULL),
       count(*) FILTER (WHERE place.on_time AND place.state = 'no_harm')
FROM peer_review_assignment AS assignment
JOIN catalogue_run AS run ON run.id = assignment.run_id
LEFT JOIN peer_review_place AS place ON place.assignment_id = assignment.id
LEFT JOIN peer_review_submission AS submission ON submission.id = place.submission_id
LEFT JOIN LATERAL (
    SELECT min(review.submitted_at) AS at FROM peer_review_review AS review
    WHERE review.submission_id = submission.id AND review.state IN ('submitted', 'accepted', 'downweighted')
) AS first ON true
WHERE run.course_id = ANY(%s) AND 'peer' = ANY(assignment.flow)
GROUP BY run.course_id
"""


@dataclass(frozen=True, kw_only=True)
class ReviewFigures:
    """Figures of all runs of a course."""

    promise_days: int
    wait: timedelta | None
    """Median until the first review; None while too few works were reviewed."""
    nine_in_ten: timedelta | None
    works: int
    """Works on time that are settled."""
    unscored: int
    """Of these, left without a score: each one a promise broken."""

    @property
    def wait_in_words(self) -> str:
        """9 h; empty while too few works were reviewed."""
        return in_hours(self.wait) if self.wait is not None else ""


def review_figures(course_ids: Sequence[int], *, now: datetime) -> Mapping[int, ReviewFigures]:
    """The figures of the courses in which peers review anything, at most ten minutes old."""
    return _figures(tuple(sorted(course_ids)), int(now.timestamp() // KEPT_FOR.total_seconds()))


def forget() -> None:
    """Measure again."""
    _figures.cache_clear()


@lru_cache(maxsize=256)
def _figures(course_ids: tuple[int, ...], _age: int) -> Mapping[int, ReviewFigures]:
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [list(course_ids)])
        rows = cursor.fetchall()
    return {
        course: ReviewFigures(
            promise_days=days,
            wait=middle if reviewed >= FEWEST else None,
            nine_in_ten=ninth if reviewed >= FEWEST else None,
            works=works,
            unscored=unscored,
        )
        for course, days, reviewed, middle, ninth, works, unscored in rows
    }
