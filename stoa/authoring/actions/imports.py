"""Imports that somebody asks for on the import page: ask, pause, go on, stop and undo."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from stoa.accounts.models import Organisation, Person
from stoa.authoring.actions.media import free_space_for
from stoa.authoring.events import ImportAsked
from stoa.authoring.models import Import
from stoa.catalogue import actions as catalogue
from stoa.kernel.bus import publish

ENDED = (Import.State.STOPPED, Import.State.REFUSED)


class NoRoom(Exception):
    """The disk is too full for this file. Free some space, or ask who runs the site, and send it again."""


class NothingThere(Exception):
    """There is nothing at this path on the server. Check the path, or send the file instead."""


class NotNow(Exception):
    """The import is not in a state for this any more; the page shows what it is doing."""


def ask_with_file(
    *, organisation: Organisation, by: Person, name: str, size: int, chunks: Iterable[bytes], at: datetime
) -> Import:
    """Keep the file that somebody sends, and have it imported."""
    if not free_space_for(2 * size):
        raise NoRoom
    folder = Path(settings.DATA) / "imports" / secrets.token_hex(8)
    folder.mkdir(parents=True)
    # The name stays on the outside: only its ending says how to read the file.
    path = folder / f"course{''.join(Path(name).suffixes[-2:])}"
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return _asked(organisation, by, name=name, path=path, size=size, uploaded=True, at=at)


def ask_with_path(*, organisation: Organisation, by: Person, path: Path, at: datetime) -> Import:
    """Have a file or folder of this machine imported."""
    if not path.exists():
        raise NothingThere
    size = path.stat().st_size if path.is_file() else 0
    return _asked(organisation, by, name=path.name, path=path.resolve(), size=size, uploaded=False, at=at)


@transaction.atomic
def pause(*, job: Import) -> None:
    """Stop the work for now; what was read and kept stays."""
    _change(job, {Import.State.WAITING, Import.State.RUNNING}, Import.State.PAUSED)


@transaction.atomic
def go_on(*, job: Import) -> None:
    """Take a paused import up again."""
    _change(job, {Import.State.PAUSED}, Import.State.WAITING)
    publish(ImportAsked(import_id=job.pk))


@transaction.atomic
def undo(*, job: Import, at: datetime) -> None:
    """Stop the import, or take back what it brought in; raises VersionInUse where learners see it already."""
    row = Import.objects.select_for_update().get(pk=job.pk)
    if row.state in ENDED:
        raise NotNow
    if row.version:
        version, row.version = row.version, None
        row.save(update_fields=["version"])
        catalogue.take_back(version=version)
    Import.objects.filter(pk=job.pk).update(state=Import.State.STOPPED, ended_at=at)
    transaction.on_commit(lambda: drop_file(row))


def drop_file(job: Import) -> None:
    """Remove the file that was sent; a file of the machine itself stays."""
    if job.uploaded:
        path = Path(job.path)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            path.parent.rmdir()


@transaction.atomic
def _asked(
    organisation: Organisation, by: Person, *, name: str, path: Path, size: int, uploaded: bool, at: datetime
) -> Import:
    job = Import.objects.create(
        organisation=organisation,
        by=by,
        name=name[:255],
        path=str(path),
        size=size,
        uploaded=uploaded,
        asked_at=at,
    )
    publish(ImportAsked(import_id=job.pk))
    return job


def _change(job: Import, states: set[Import.State], to: Import.State) -> None:
    if not Import.objects.filter(pk=job.pk, state__in=states).update(state=to):
        raise NotNow
