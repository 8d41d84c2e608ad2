"""Files of courses, for those who may see them."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from stoa.accounts.models import Person
from stoa.authoring.models import MediaFile
from stoa.catalogue.models import Course
from stoa.catalogue.queries import may_teach


@dataclass(frozen=True, kw_only=True)
class Served:
    """A file that may be sent."""

    path: Path
    size: int
    public: bool
    """False: only those who give the course may see it yet."""


def place_of(sha256: str) -> Path:
    """Where the store holds the content with this sha256."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def media_for(person: Person | AnonymousUser, *, sha256: str, name: str) -> Served:
    """The file of this content and name: everyone's where its course is on offer, else the course team's."""
    files = MediaFile.objects.filter(sha256=sha256, name=name)
    public = files.filter(course__in=Course.objects.offered()).values_list("size", flat=True).first()
    if public is not None:
        return Served(path=place_of(sha256), size=public, public=True)
    for file in files.select_related("course"):
        if may_teach(person, file.course):
            return Served(path=place_of(sha256), size=file.size, public=False)
    raise Http404
