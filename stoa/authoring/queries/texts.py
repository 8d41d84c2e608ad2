"""Rendered texts that stand beside the lessons."""

from collections.abc import Mapping
from functools import lru_cache

from stoa.authoring.models import Rendering
from stoa.catalogue.models import CourseVersion


def side_texts_of(version: CourseVersion) -> Mapping[str, str]:
    """The HTML of `about`, `instructor:0` and `page:ID` of a version."""
    return _texts(version.pk)


@lru_cache(maxsize=64)
def _texts(version_id: int) -> Mapping[str, str]:
    return Rendering.objects.filter(version=version_id).values_list("texts", flat=True).first() or {}


def forget_texts() -> None:
    """Read again: a version has been rendered anew."""
    _texts.cache_clear()
