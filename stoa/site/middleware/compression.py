"""Pages, covers and data go out compressed; media stay as they are, so that one can seek in them."""

import secrets
import zlib
from collections.abc import Callable
from gzip import FNAME

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

WORDS = ("text/", "image/svg+xml", "application/json", "application/manifest+json", "application/xml")
SHORTEST = 200
LEVEL = 3
"""Decision 0008: a page comes out a tenth larger than at level 6, for a third of the time."""
_GZIP, _HEADER, _PADDING = 31, 10, 100


class CompressionMiddleware:
    """Compresses words only, with padding of a random length against BREACH."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Compress what is worth it."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _worth_it(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            _compress(response)
        return response


def _worth_it(response: HttpResponse) -> bool:
    return (
        response.get("Content-Type", "").startswith(WORDS)
        and "Content-Encoding" not in response
        and "Content-Range" not in response
        and len(response.content) >= SHORTEST
    )


def _compress(response: HttpResponse) -> None:
    response.content = squeezed(response.content)
    response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = "gzip"
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"


def squeezed(words: bytes) -> bytes:
    """The words as gzip, with a file name of random length, so that their length tells nothing of a secret in them."""
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    plain = squeeze.compress(words) + squeeze.flush()
    header = bytearray(plain[:_HEADER])
    header[3] |= FNAME
    return bytes(header) + b"a" * secrets.randbelow(_PADDING) + b"\0" + plain[_HEADER:]
