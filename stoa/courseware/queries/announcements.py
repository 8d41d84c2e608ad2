"""News from course teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from stoa.courseware.models import Announcement


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An announcement as it is read."""

    id: int
    run_id: int
    title: str
    html: str
    author: str
    at: datetime
    course: str
    run: str

    @property
    def address(self) -> str:
        """Where the announcements of its run stand."""
        return f"/courses/{self.course}/runs/{self.run}/announcements/"


# A list inside a SELECT keeps its length from PostgreSQL, which would plan anew for each list otherwise.
_NEWEST = """
SELECT letter.id, letter.run_id, letter.title, letter.html, coalesce(author.display_name, ''), letter.at,
       course.slug, run.code
FROM courseware_announcement AS letter
JOIN catalogue_run AS run ON run.id = letter.run_id
JOIN catalogue_course AS course ON course.id = run.course_id
LEFT JOIN accounts_person AS author ON author.id = letter.author_id
WHERE letter.run_id = ANY((SELECT %s::bigint[])::bigint[])
ORDER BY letter.at DESC, letter.id DESC
LIMIT %s
"""


def announcements_of(run_ids: Iterable[int], *, most: int = 20) -> tuple[Letter, ...]:
    """The newest announcements of these runs."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [list(run_ids), most])
        rows = cursor.fetchall()
    return tuple(
        Letter(
            id=row[0],
            run_id=row[1],
            title=row[2],
            html=row[3],
            author=row[4],
            at=row[5],
            course=row[6],
            run=row[7],
        )
        for row in rows
    )


def announcement_for(run_id: int, pk: int) -> Announcement:
    """One announcement of a run.

    Raises Announcement.DoesNotExist.
    """
    return Announcement.objects.get(run=run_id, pk=pk)
