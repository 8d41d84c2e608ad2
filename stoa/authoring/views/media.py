"""Sends files of courses, whole or in part, and never lets one of them act as a page of this site."""

from collections.abc import Iterator
from pathlib import Path
from pathlib import PurePosixPath as Name
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from stoa.authoring import queries
from stoa.authoring.queries import Served
from stoa.authoring.rules.media import OutsideFile, Span, sending, span

CHUNK = 1 << 18
FOREVER = "public, max-age=31536000, immutable"
FOR_THE_TEAM = "private, no-cache"


@require_safe
def media(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """The file of this content and name."""
    file = queries.media_for(request.user, sha256=sha256, name=name)
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return _dressed(HttpResponse(status=304), file, name, etag)
    try:
        part = _wanted(request, file.size, etag)
    except OutsideFile:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    whole = part or Span(start=0, end=file.size)
    response = _body(request, file.path, whole, status=206 if part else 200)
    response["Content-Length"] = str(whole.end - whole.start)
    if part:
        response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
    return _dressed(response, file, name, etag)


def _wanted(request: HttpRequest, size: int, etag: str) -> Span | None:
    header = request.headers.get("Range")
    if not header or request.headers.get("If-Range", etag) != etag:
        return None
    return span(header, size)


def _body(request: HttpRequest, path: Path, part: Span, *, status: int) -> HttpResponseBase:
    if not path.is_file():
        raise Http404
    if request.method == "HEAD":
        return HttpResponse(status=status)
    return StreamingHttpResponse(_chunks(path, part), status=status)


def _chunks(path: Path, part: Span) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        left = part.end - part.start
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _dressed(response: HttpResponseBase, file: Served, name: str, etag: str) -> HttpResponseBase:
    how = sending(name)
    response["Content-Type"] = how.media_type
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = FOREVER if file.public else FOR_THE_TEAM
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if how.attachment:
        response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(Name(name).name)}"
    return response
