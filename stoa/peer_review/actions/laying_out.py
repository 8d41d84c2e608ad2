"""Publishing hands over the assignments of a version; runs that show it give them to their learners."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from stoa.assessment.actions import WorkLayout, lay_out_works
from stoa.catalogue.models import CourseVersion, Run, Teaching
from stoa.catalogue.queries import document_of
from stoa.coursedoc import canonical
from stoa.coursedoc import model as coursedoc
from stoa.coursedoc.model import Text
from stoa.peer_review.models import Assignment, PublishedAssignment
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules import placing


@transaction.atomic
def lay_out_assignments(
    *,
    version: CourseVersion,
    assignments: Mapping[str, coursedoc.Assignment],
    render: Callable[[Text], str],
    at: datetime,
) -> None:
    """Keep the assignments of a version with their texts rendered, for runs that show it too."""
    rows = list(_rows(version, assignments, render))
    PublishedAssignment.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["version", "item_id"],
        update_fields=["step_id", "lesson_id", "position", "score_part", "hidden", "title", "content"],
    )
    lay_out_works(version=version, works=_scored(rows))
    for run in version.runs.all():
        give_in_run(run=run, at=at)


@transaction.atomic
def give_in_run(*, run: Run, at: datetime) -> None:
    """Bring the assignments of a run up to its version; dates that an instructor set stay, and so does all work."""
    known = {row.item_id: row for row in Assignment.objects.select_for_update().filter(run=run)}
    published = {row.item_id: row for row in PublishedAssignment.objects.filter(version_id=run.version_id)}
    for item_id, row in published.items():
        assignment = known.get(item_id) or Assignment(run=run, item_id=item_id, responsible_id=_responsible(run))
        assignment.published = row
        assignment.left_course_at = None
        _take_over(assignment, placing.settings_of(content_of(row), self_paced=run.self_paced))
        assignment.save()
    gone = [row.pk for item_id, row in known.items() if item_id not in published]
    Assignment.objects.filter(pk__in=gone, left_course_at=None).update(left_course_at=at)


def _rows(
    version: CourseVersion, assignments: Mapping[str, coursedoc.Assignment], render: Callable[[Text], str]
) -> Iterator[PublishedAssignment]:
    placed = [one for one in placing.assignments(document_of(version)) if one.work.id in assignments]
    for position, place in enumerate(placed):
        yield PublishedAssignment(
            version=version,
            item_id=place.work.id,
            step_id=place.step_id,
            lesson_id=place.lesson_id,
            position=position,
            score_part=place.part[:200],
            hidden=place.hidden,
            title=place.work.title[:300],
            content=canonical.written(placing.prepared(place.work, render)),
        )


def _scored(rows: Iterable[PublishedAssignment]) -> Iterator[WorkLayout]:
    for row in rows:
        out_of = placing.points_of(content_of(row))
        if out_of > 0 and not row.hidden:
            yield WorkLayout(item_id=row.item_id, lesson_id=row.lesson_id, score_part=row.score_part, out_of=out_of)


def _take_over(assignment: Assignment, settings: placing.RunSettings) -> None:
    for name, value in asdict(settings).items():
        if name not in assignment.set_by_hand:
            setattr(assignment, name, list(value) if isinstance(value, tuple) else value)
    # A date set by hand may stand after one that came with the new version.
    if assignment.opens_at and assignment.due_at and assignment.due_at <= assignment.opens_at:
        assignment.opens_at = None


def name_responsible(*, course_id: int, person_id: int) -> None:
    """Have somebody answer for the assignments of a course for which nobody does."""
    Assignment.objects.filter(run__course_id=course_id, responsible=None).update(responsible_id=person_id)


def _responsible(run: Run) -> int | None:
    """The course's first instructor, until somebody else is named."""
    first = Teaching.objects.filter(course_id=run.course_id, role=Teaching.Role.INSTRUCTOR).order_by("pk").first()
    return first.person_id if first else None
