"""Documents of versions."""

from functools import lru_cache

import zstandard

from stoa.catalogue.models import CourseVersion, Document
from stoa.coursedoc import canonical
from stoa.coursedoc import model as coursedoc

KEPT = 24
"""Documents that a process keeps read: a large one takes some ten megabytes."""


def document_of(version: CourseVersion) -> coursedoc.Course:
    """The document of the version."""
    return _document(version.pk)


@lru_cache(maxsize=KEPT)
def _document(version_id: int) -> coursedoc.Course:
    content = Document.objects.values_list("content", flat=True).get(version_id=version_id)
    return canonical.from_json(zstandard.ZstdDecompressor().decompress(bytes(content)))
