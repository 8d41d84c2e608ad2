"""The gate before learners: no MOOC video without captions, unless somebody says why and answers for it."""

from datetime import datetime

from django.db import transaction

from stoa.accounts.models import Person
from stoa.authoring.actions.media import known_media
from stoa.authoring.actions.offering import Offer, offer
from stoa.authoring.models import CaptionsWaiver
from stoa.authoring.rules.gate import uncaptioned
from stoa.catalogue.models import CourseVersion
from stoa.catalogue.queries import document_of


class CaptionsMissing(Exception):
    """MOOC videos of this course have no captions in its language. Add them, or say why learners should come before."""

    def __init__(self, videos: tuple[str, ...]) -> None:
        super().__init__(", ".join(videos))
        self.videos = videos


def missing_captions(version: CourseVersion) -> tuple[str, ...]:
    """Where MOOC videos stand that have no readable captions in the language of their course."""
    document = document_of(version)
    tracks = known_media(document, version.course).tracks
    return tuple(finding.place for finding in uncaptioned(document, tracks))


@transaction.atomic
def release(*, version: CourseVersion, code: str, by: Person | None, at: datetime, without_captions: str = "") -> Offer:
    """Have a run show the version to learners. Raises CaptionsMissing where videos lack them and no reason is given."""
    videos = missing_captions(version)
    if videos and not without_captions.strip():
        raise CaptionsMissing(videos)
    released = offer(version=version, code=code, at=at)
    if videos:
        _waive(version, videos, by=by, reason=without_captions, at=at)
    return released


@transaction.atomic
def note_missing_captions(*, version: CourseVersion, reason: str, at: datetime) -> tuple[str, ...]:
    """Keep on record that a version came before learners without captions."""
    videos = missing_captions(version)
    if videos:
        _waive(version, videos, by=None, reason=reason, at=at)
    return videos


def _waive(version: CourseVersion, videos: tuple[str, ...], *, by: Person | None, reason: str, at: datetime) -> None:
    # The first word stands: an import over again takes no person's answer away.
    CaptionsWaiver.objects.get_or_create(
        version=version, defaults={"by": by, "reason": reason.strip(), "videos": list(videos), "at": at}
    )
