from django.urls import URLPattern, URLResolver, re_path

from stoa.authoring.views import media

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^media/(?P<sha256>[0-9a-f]{64})/(?P<name>.+)$", media.media, name="media"),
]
