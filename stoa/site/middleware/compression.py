"""Pages, covers and data go out compressed; media stay as they are, so that one can seek in them."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

WORDS = ("text/", "image/svg+xml", "application/json", "application/manifest+json", "application/xml")


class CompressionMiddleware(GZipMiddleware):
    """Django's compression, with its padding against BREACH, for words only."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is worth it."""
        if response.streaming or not response.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)
