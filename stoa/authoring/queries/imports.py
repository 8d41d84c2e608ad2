"""Imports, for the staff of their organisations."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from stoa.accounts.models import Person
from stoa.accounts.queries import organisations_of
from stoa.authoring.models import Import, ImportLine
from stoa.catalogue.queries import document_of

NEWEST = 50
MANY = 50_000
SHORT = 5
"""Percent before which nobody can say how long it will take."""


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """A line of the log: what was done, how far, how long it took."""

    stage: str
    done: int
    total: int
    over: bool
    took: timedelta


@dataclass(frozen=True, kw_only=True)
class ImportPage:
    """An import as its page shows it."""

    job: Import
    percent: int
    lines: tuple[StageLine, ...]
    left: timedelta | None
    moving: bool
    run: str
    """The run that the source names, offered for publishing."""
    shown_in: tuple[str, ...]
    """Codes of the runs that show what came in."""


def imports_of(person: Person) -> QuerySet[Import]:
    """The imports of the person's organisations, the newest first."""
    jobs = Import.objects.filter(organisation__in=organisations_of(person).order_by())
    return jobs.select_related("organisation").order_by("-asked_at")


def import_for(person: Person, pk: int) -> Import:
    """The import of this number."""
    return get_object_or_404(imports_of(person).select_related("version__course"), pk=pk)


def import_page(person: Person, pk: int, *, now: datetime) -> ImportPage:
    """The import with its log."""
    job = import_for(person, pk)
    lines = tuple(_line(line, now) for line in ImportLine.objects.filter(of=job))
    share = job.done if job.total else 0
    moving = job.state in {Import.State.WAITING, Import.State.RUNNING}
    return ImportPage(
        job=job,
        percent=share,
        lines=lines,
        left=_left(job, share, now) if job.state == Import.State.RUNNING else None,
        moving=moving,
        run=document_of(job.version).run or "1" if job.version else "",
        shown_in=tuple(job.version.runs.values_list("code", flat=True)) if job.version else (),
    )


def _line(line: ImportLine, now: datetime) -> StageLine:
    took = (line.ended_at or now) - line.began_at
    # Nobody counts bytes: the percentage above says it.
    total = line.total if line.total < MANY else 0
    stage = line.stage[:1].upper() + line.stage[1:]
    return StageLine(stage=stage, done=line.done, total=total, over=line.ended_at is not None, took=took)


def _left(job: Import, share: int, now: datetime) -> timedelta | None:
    if share < SHORT or not job.started_at:
        return None
    return (now - job.started_at) * (100 - share) / share
