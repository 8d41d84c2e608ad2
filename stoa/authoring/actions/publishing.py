"""Publishing: all of a course, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Organisation, Person
from stoa.assessment import actions as assessment
from stoa.authoring.actions.layouts import step_layouts
from stoa.authoring.actions.media import Media, keep_media, known_media, register
from stoa.authoring.actions.parts import Renderer
from stoa.authoring.actions.side_texts import side_texts
from stoa.authoring.models import Rendering
from stoa.authoring.queries.texts import forget_texts
from stoa.authoring.rules.gate import uncaptioned
from stoa.authoring.rules.places import places_of
from stoa.catalogue import actions as catalogue
from stoa.catalogue.models import CourseVersion
from stoa.catalogue.queries import document_of
from stoa.coursedoc import walking
from stoa.coursedoc.imported import Finding, Imported
from stoa.coursedoc.model import Asset, Assignment, Course, Quiz
from stoa.courseware import actions as courseware
from stoa.peer_review import actions as peer_review

EDITION = 6
"""Of the pages that this code makes; a higher number makes them anew when a course is published again."""

Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """For who does not watch."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """A version with its pages, and what its authors should mend before learners come."""

    version: CourseVersion
    findings: tuple[Finding, ...]


def publish(
    *,
    imported: Imported,
    organisation: Organisation,
    by: Person | None,
    at: datetime,
    progress: Progress = no_progress,
) -> Published:
    """Make a version of what was read, with its pages and files; the same content again changes nothing."""
    media = keep_media(imported.course, imported.files, progress)
    document = _with_assets(imported.course, media)
    with transaction.atomic():
        version = catalogue.adopt(course=document, organisation=organisation, by=by, at=at)
        _make_pages(version, document, media, at=at, progress=progress)
    return Published(version=version, findings=(*media.findings, *uncaptioned(document, media.tracks)))


def render_again(*, version: CourseVersion, at: datetime, progress: Progress = no_progress) -> None:
    """Make the pages of a version anew where newer code makes better ones."""
    document = document_of(version)
    media = known_media(document, version.course)
    with transaction.atomic():
        _make_pages(version, document, media, at=at, progress=progress)


def _make_pages(version: CourseVersion, document: Course, media: Media, *, at: datetime, progress: Progress) -> None:
    register(version.course, media)
    if Rendering.objects.filter(version=version, edition=EDITION).exists():
        return
    quizzes = {item.id: item for item in walking.items(document) if isinstance(item, Quiz)}
    titles = {id_: quiz.title for id_, quiz in quizzes.items()}
    renderer = Renderer(places_of(document, assets=media.digests), media, titles)
    steps = []
    total = sum(1 for _ in walking.steps(document))
    for done, step in enumerate(step_layouts(document, renderer)):
        progress("Pages", done, total)
        steps.append(step)
    courseware.lay_out(version=version, steps=steps)
    beside = _beside(document, media, version)
    progress("Quizzes", 0, len(quizzes))
    assessment.lay_out_quizzes(version=version, quizzes=quizzes, render=beside.html)
    assignments = {item.id: item for item in walking.items(document) if isinstance(item, Assignment)}
    peer_review.lay_out_assignments(version=version, assignments=assignments, render=beside.html, at=at)
    texts = side_texts(document, beside)
    Rendering.objects.update_or_create(version=version, defaults={"edition": EDITION, "at": at, "texts": texts})
    transaction.on_commit(forget_texts)


def _beside(document: Course, media: Media, version: CourseVersion) -> Renderer:
    """For texts that have pages of their own, as quizzes do: links lead to the step in the reader's own run."""
    home = f"/courses/{version.course.slug}/"
    return Renderer(places_of(document, assets=media.digests, home=home), media)


def _with_assets(course: Course, media: Media) -> Course:
    """The document naming its files as the store holds them."""
    known = {asset.name: asset for asset in course.assets}
    for name, kept in media.files.items():
        asset = known.get(name)
        if asset is None or (asset.sha256, asset.size) != (kept.sha256, kept.size):
            media_type = asset.media_type if asset else ""
            known[name] = Asset(name=name, sha256=kept.sha256, size=kept.size, media_type=media_type)
    return replace(course, assets=tuple(known.values()))
