"""Outside resources: where courses lead, and how those places were found."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from stoa.authoring.models import OutsideAddress
from stoa.authoring.rules.outside import Known, Standing
from stoa.catalogue.models import Course, CourseVersion, Run
from stoa.catalogue.queries import document_of
from stoa.coursedoc import walking
from stoa.coursedoc.model import OutsideResource


@dataclass(frozen=True, kw_only=True)
class OutsideLine:
    """An outside resource of a course, with what is known of it; None before it was first looked at."""

    url: str
    title: str
    step_id: str
    step_title: str
    credit: str
    licence: str
    known: Known | None


def outside_of(course: Course) -> list[OutsideLine]:
    """The outside resources of what the course's runs show, each once, those that want attention first."""
    lines: dict[str, OutsideLine] = {}
    for version in CourseVersion.objects.filter(runs__course=course).distinct().order_by("-number"):
        for line in _lines(version):
            lines.setdefault(line.url, line)
    known = known_of(lines)
    found = [_with(line, known.get(line.url)) for line in lines.values()]
    return sorted(found, key=lambda line: _urgency(line.known))


def addresses_in_use() -> set[str]:
    """Every address that a run of this site leads to."""
    versions = CourseVersion.objects.filter(pk__in=Run.objects.values("version"))
    return {line.url for version in versions.iterator(chunk_size=1) for line in _lines(version)}


def known_of(urls: Collection[str]) -> dict[str, Known]:
    """What is known of these addresses."""
    rows = OutsideAddress.objects.filter(url__in=urls).exclude(standing="")
    return {row.url: known(row) for row in rows}


def known(row: OutsideAddress) -> Known:
    """What a row remembers."""
    return Known(
        standing=Standing(row.standing or Standing.ANSWERS),
        checked_at=row.checked_at,
        failures=row.failures,
        broken_since=row.broken_since,
        fingerprint=row.fingerprint,
        latest=row.latest,
        drifted_at=row.drifted_at,
        moved_to=row.moved_to,
        problem=row.problem,
    )


def _lines(version: CourseVersion) -> Iterator[OutsideLine]:
    for place in walking.steps(document_of(version)):
        for item in walking.items(place.step):
            if isinstance(item, OutsideResource):
                yield OutsideLine(
                    url=item.url,
                    title=item.title or item.url,
                    step_id=place.step.id,
                    step_title=place.step.title,
                    credit=item.credit,
                    licence=item.licence,
                    known=None,
                )


def _with(line: OutsideLine, state: Known | None) -> OutsideLine:
    return OutsideLine(
        url=line.url,
        title=line.title,
        step_id=line.step_id,
        step_title=line.step_title,
        credit=line.credit,
        licence=line.licence,
        known=state,
    )


def _urgency(state: Known | None) -> int:
    if state is None:
        return 3
    if state.told_to_learners:
        return 0
    return 1 if state.drifted_at or state.standing is not Standing.ANSWERS else 2
