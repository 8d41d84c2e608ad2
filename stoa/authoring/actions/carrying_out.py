"""Carrying out an import: in a process of its own, which may be killed at any moment."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stoa.authoring.actions.bringing_in import BroughtIn, bring_in
from stoa.authoring.actions.imports import drop_file
from stoa.authoring.models import Import, ImportLine
from stoa.authoring.rules.stages import WHOLE, percent
from stoa.coursedoc.imported import SourceRefused
from stoa.kernel.clock import now
from stoa.live.announcing import announce
from stoa.mail.actions import post

EVERY = 0.4
"""Seconds between two looks at the page's wishes and two reports to it."""
_LOCKS = 0x53746F61


class Interrupted(Exception):
    """Somebody paused or stopped the import."""


def carry_out(*, import_id: int) -> None:
    """Bring the course in, unless somebody else is at it or nobody wants it any more."""
    with _alone(import_id) as alone:
        waiting = Import.objects.filter(pk=import_id, state__in=[Import.State.WAITING, Import.State.RUNNING])
        if not alone or not waiting.update(state=Import.State.RUNNING, started_at=now(), problem=""):
            return
        job = Import.objects.select_related("organisation", "by").get(pk=import_id)
        ImportLine.objects.filter(of=job).delete()
        _work(job)


def say_it_broke(*, import_id: int) -> None:
    """The process that carried it out ended without a word: let people decide to go on."""
    reason = _("The import was interrupted. Nothing half-imported is visible. Go on when you like.")
    running = Import.objects.filter(pk=import_id, state=Import.State.RUNNING)
    running.update(state=Import.State.PAUSED, problem=reason)


def _work(job: Import) -> None:
    reporter = Reporter(job.pk)
    try:
        with reporter:
            came = bring_in(
                path=Path(job.path), organisation=job.organisation, by=job.by, at=now(), progress=reporter.step
            )
    except Interrupted:
        if Import.objects.filter(pk=job.pk, state=Import.State.STOPPED).exists():
            drop_file(job)
    except SourceRefused as refused:
        _refuse(job, str(refused))
    except OSError as fault:
        _refuse(job, _("The file could not be read or kept: %(reason)s") % {"reason": fault.strerror or str(fault)})
    else:
        _finish(job, came, at=now())


@transaction.atomic
def _finish(job: Import, came: BroughtIn, *, at: datetime) -> None:
    ImportLine.objects.filter(of=job, ended_at=None).update(ended_at=at, done=F("total"))
    Import.objects.filter(pk=job.pk, state=Import.State.RUNNING).update(
        state=Import.State.READY,
        ended_at=at,
        title=came.version.course.title,
        done=WHOLE,
        total=WHOLE,
        version=came.version,
        report=came.counted.as_json(),
    )
    _tell(job, _("“%(name)s” is ready to publish") % {"name": came.version.course.title}, at=at)
    transaction.on_commit(lambda: drop_file(job))


@transaction.atomic
def _refuse(job: Import, problem: str) -> None:
    Import.objects.filter(pk=job.pk).update(state=Import.State.REFUSED, ended_at=now(), problem=problem)
    _tell(job, _("“%(name)s” could not be imported") % {"name": job.name}, at=now())
    transaction.on_commit(lambda: drop_file(job))


def _tell(job: Import, subject: str, *, at: datetime) -> None:
    if job.by:
        text = _("Open the import page to see what came in and what did not: /imports/%(number)s/") % {"number": job.pk}
        key = f"import:{job.pk}:{at:%Y%m%d%H%M%S}"
        post(kind="import", to=job.by.email, person_id=job.by.pk, subject=subject, text=text, key=key, at=at)


class Reporter:
    """Tells the page how far the work is, over a connection of its own, and hears when it should end."""

    def __init__(self, import_id: int) -> None:
        self.import_id = import_id
        self.latest: tuple[str, int, int] | None = None
        self.unwanted = threading.Event()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.over.set()
        self.thread.join()

    def step(self, stage: str, done: int, total: int) -> None:
        """The work is here; raises Interrupted where nobody wants it to go on."""
        self.latest = stage, done, total
        if self.unwanted.is_set():
            raise Interrupted

    def _watch(self) -> None:
        try:
            while not self.over.wait(EVERY):
                self._report()
            self._report()
        finally:
            connection.close()

    def _report(self) -> None:
        if self.latest:
            stage, done, total = self.latest
            _write_line(self.import_id, stage[:200], done, total)
            share = percent(stage, done, total)
            Import.objects.filter(pk=self.import_id).update(seen_at=now(), done=share, total=WHOLE)
            with connection.cursor() as cursor:
                announce(cursor, topic=f"import:{self.import_id}", event="moved", data={})
        if not Import.objects.filter(pk=self.import_id, state=Import.State.RUNNING).exists():
            self.unwanted.set()


def _write_line(import_id: int, stage: str, done: int, total: int) -> None:
    at = now()
    line, new = ImportLine.objects.update_or_create(
        of_id=import_id,
        stage=stage,
        defaults={"done": done, "total": total},
        create_defaults={"done": done, "total": total, "began_at": at},
    )
    if new:
        earlier = ImportLine.objects.filter(of=import_id, ended_at=None).exclude(pk=line.pk)
        earlier.update(ended_at=at, done=F("total"))


@contextmanager
def _alone(import_id: int) -> Iterator[bool]:
    """True where no other process carries out this import: a killed worker's child may still be at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, import_id])
        (alone,) = cursor.fetchone()
        try:
            yield bool(alone)
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, import_id])
