"""What makes Stoa an app on a phone."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@cache_control(max_age=86_400)
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django passes it
    """The web app manifest, in the visitor's language."""
    said = {
        "name": _("Stoa: courses with peers"),
        "short_name": _("Stoa"),
        "description": _("Open courses with people around you."),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "id": "/",
        "start_url": "/my-learning/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f6f1",
        "theme_color": "#f8f6f1",
        "icons": [
            {"src": static("site/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            {"src": static("site/app.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "maskable"},
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")
