"""Sends files that were handed in, and never lets one of them act as a page of this site."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from stoa.accounts.models import Person
from stoa.peer_review.queries.files import FileUnknown, bytes_at, file_at

CHUNK = 1 << 18


@require_GET
@login_required
def submitted(request: HttpRequest, signed: str, name: str) -> StreamingHttpResponse:
    """The file that the address names, to be saved: a browser never shows it as a page."""
    reader = cast("Person", request.user)
    try:
        file = file_at(signed, reader_id=reader.pk)
    except FileUnknown as unknown:
        raise Http404 from unknown
    place = bytes_at(file.sha256)
    if name != file.name or not place.is_file():
        raise Http404
    return StreamingHttpResponse(
        _chunks(place),
        headers={
            "Content-Type": file.media_type,
            "Content-Length": str(place.stat().st_size),
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "private, no-store",
        },
    )


def _chunks(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
