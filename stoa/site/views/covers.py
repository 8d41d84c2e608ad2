"""Covers: what lies at an address never changes, so browsers keep it for a year."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from stoa.site.rules.covers import drawing


@require_safe
def cover(request: HttpRequest, landscape: str, columns: str, course: str, light: str) -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """The view from the porch of one course."""
    return _kept(drawing.cover(course, landscape, int(columns), by_night=light == "night"))


@require_safe
def panorama(request: HttpRequest, light: str) -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """The wide view on the catalogue."""
    return _kept(drawing.panorama(by_night=light == "night"))


def _kept(svg: str) -> HttpResponse:
    response = HttpResponse(svg, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response
