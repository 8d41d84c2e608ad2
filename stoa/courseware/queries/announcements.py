"""News from course teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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


_RUN = ("run__course__slug", "run__code")


def announcements_of(run_ids: Iterable[int], *, most: int = 20) -> tuple[Letter, ...]:
    """The newest announcements of these runs."""
    news = Announcement.objects.filter(run__in=run_ids).order_by("-at", "-pk")[:most]
    rows = news.values_list("pk", "run_id", "title", "html", "author__display_name", "at", *_RUN)
    return tuple(
        Letter(
            id=row[0],
            run_id=row[1],
            title=row[2],
            html=row[3],
            author=row[4] or "",
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
