"""Telling the log what each run is, whenever that has changed."""

from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db import transaction

from stoa.catalogue.models import Run
from stoa.catalogue.queries import document_of
from stoa.courseware.queries import course_key, usage_key
from stoa.insights.events import RunDescribed
from stoa.insights.models import Description
from stoa.insights.rules.descriptions import blocks
from stoa.kernel.bus import publish

FORM = 2
"""Raised where a description says more than before, so that every run is described again."""


def describe_runs(*, at: datetime) -> int:
    """Describe every run that the log does not know as it is now; a run at a time, so that none waits for another."""
    told = dict(Description.objects.values_list("run_id", "digest"))
    runs = Run.objects.filter(hidden=False).select_related("course__organisation", "course__subject")
    stale = [run.pk for run in runs.defer("course__search") if told.get(run.pk) != _digest(run)]
    return sum(describe_run(run_id=run_id, at=at) for run_id in stale)


@transaction.atomic
def describe_run(*, run_id: int, at: datetime) -> bool:
    """Describe a run, unless the log knows it as it is now."""
    runs = Run.objects.select_related("course__organisation", "course__subject", "version").defer("course__search")
    run = runs.filter(pk=run_id, hidden=False).first()
    if run is None:
        return False
    digest = _digest(run)
    known, new = Description.objects.select_for_update().get_or_create(
        run_id=run_id, defaults={"digest": digest, "at": at}
    )
    if not new and known.digest == digest:
        return False
    known.digest, known.at = digest, at
    known.save(update_fields=["digest", "at"])
    publish(RunDescribed(course_id=_key(run), organisation=run.course.organisation.slug, words=_words(run)))
    return True


def _words(run: Run) -> dict[str, object]:
    course, document = run.course, document_of(run.version)
    before = _before(run)
    return {
        "org": course.organisation.slug,
        "org_name": course.organisation.name,
        "number": course.code,
        "run": run.code,
        "title": course.title,
        "area": course.subject.name if course.subject else None,
        "start": _moment(run.starts_at),
        "end": _moment(run.ends_at),
        "language": course.language,
        "weeks": course.weeks,
        "hours_a_week": None if course.hours_a_week is None else float(course.hours_a_week),
        "pass_mark": document.scheme.passing,
        "self_paced": run.self_paced,
        "previous_run": _key(before) if before else None,
        "blocks": list(blocks(document, partial(usage_key, _key(run)))),
    }


def _digest(run: Run) -> str:
    """Equal where a description would be: all that it is made of, without reading the document."""
    course = run.course
    facts = (
        FORM,
        course.organisation.slug,
        course.organisation.name,
        course.title,
        course.subject and course.subject.name,
        course.language,
        course.weeks,
        course.hours_a_week,
        run.code,
        run.version_id,
        run.starts_at,
        run.ends_at,
        run.self_paced,
    )
    return sha256(repr(facts).encode()).hexdigest()


def _before(run: Run) -> Run | None:
    """The run of the course that began last before this one."""
    if run.starts_at is None:
        return None
    earlier = Run.objects.filter(course=run.course_id, hidden=False, starts_at__lt=run.starts_at)
    return earlier.select_related("course__organisation").order_by("-starts_at", "-pk").first()


def _key(run: Run) -> str:
    return course_key(organisation=run.course.organisation.slug, course=run.course.code, run=run.code)


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
