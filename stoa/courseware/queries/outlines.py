"""Outlines and step bodies. A version never changes, so each process keeps what it has read."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db import connection

from stoa.courseware.models import PublishedStep
from stoa.courseware.rules import outlines
from stoa.courseware.rules.layouts import PartLayout
from stoa.courseware.rules.outlines import Outline, OutlineStep

_kept: dict[int, Outline] = {}
_MOST_KEPT = 400


def outline_of(version_id: int) -> Outline:
    """Every step of a version, hidden ones too."""
    return _kept.get(version_id) or outlines_of({version_id})[version_id]


def outlines_of(version_ids: AbstractSet[int]) -> dict[int, Outline]:
    """The outlines of versions; those not kept yet are read in one query."""
    known = {version: _kept[version] for version in version_ids if version in _kept}
    read = _read(version_ids - known.keys())
    for version, outline in read.items():
        if len(_kept) >= _MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[version] = outline
    return {version: Outline(()) for version in version_ids} | known | read


@lru_cache(maxsize=256)
def parts_of(version_id: int, step_id: str) -> tuple[PartLayout, ...]:
    """What stands in a step, as published."""
    parts = PublishedStep.objects.values_list("parts", flat=True).get(version=version_id, step_id=step_id)
    return tuple(PartLayout(**part) for part in parts)


@lru_cache(maxsize=256)
def steps_that_hold(version_id: int, kind: str) -> frozenset[str]:
    """The steps of a version in which a part of this kind stands, first or among others."""
    steps = PublishedStep.objects.filter(version=version_id, parts__contains=[{"kind": kind}])
    return frozenset(steps.values_list("step_id", flat=True))


def forget(version_id: int) -> None:
    """Read again: the version has been laid out anew."""
    _kept.pop(version_id, None)
    parts_of.cache_clear()
    steps_that_hold.cache_clear()


_DONE_BEFORE = """
SELECT step_id, version_id, at FROM courseware_stepcompletion
WHERE enrolment_id = %s AND version_id <> %s ORDER BY id
"""


def changed_since(*, enrolment_id: int, version_id: int) -> tuple[tuple[str, datetime], ...]:
    """Steps done in an earlier version that read differently now, with the day they were done."""
    with connection.cursor() as cursor:
        cursor.execute(_DONE_BEFORE, [enrolment_id, version_id])
        before = {(step_id, version): at for step_id, version, at in cursor.fetchall()}
    if not before:
        return ()
    versions = {version for _, version in before} | {version_id}
    steps = PublishedStep.objects.filter(version__in=versions, step_id__in={step for step, _ in before})
    prints = {(row[0], row[1]): row[2] for row in steps.values_list("step_id", "version_id", "fingerprint")}
    return tuple(
        (step_id, at)
        for (step_id, version), at in before.items()
        if (now := prints.get((step_id, version_id))) and now != prints.get((step_id, version), now)
    )


_FIELDS = ("step_id", "lesson_id", "module_id", "title", "kind", "minutes", "sample", "hidden", "opens", "due")


def _read(version_ids: AbstractSet[int]) -> dict[int, Outline]:
    if not version_ids:
        return {}
    steps = PublishedStep.objects.filter(version__in=version_ids).order_by("version", "position")
    rows = steps.values_list("version_id", "lesson_title", "module_title", *_FIELDS)
    by_version = groupby(rows, key=lambda row: row[0])
    return {
        version: outlines.outline_of((_step(row[3:]), row[1], row[2]) for row in of_version)
        for version, of_version in by_version
    }


def _step(row: tuple[Any, ...]) -> OutlineStep:
    return OutlineStep(
        id=row[0],
        lesson_id=row[1],
        module_id=row[2],
        title=row[3],
        kind=row[4],
        minutes=row[5],
        sample=row[6],
        hidden=row[7],
        opens=row[8],
        due=row[9],
    )
