from django.urls import URLPattern, URLResolver, path, re_path

from stoa.authoring.views import imports, media, outside, packs

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.one, name="import"),
    path("imports/<int:pk>/pause/", imports.pause, name="import_pause"),
    path("imports/<int:pk>/resumption/", imports.resumption, name="import_resumption"),
    path("imports/<int:pk>/undoing/", imports.undoing, name="import_undoing"),
    path("imports/<int:pk>/publication/", imports.publication, name="import_publication"),
    path("courses/<slug:course>/outside-resources/", outside.outside, name="outside_resources"),
    path("courses/<slug:course>/runs/<slug:run>/modules/<str:module>/offline/", packs.pack, name="offline_pack"),
    re_path(r"^media/(?P<sha256>[0-9a-f]{64})/(?P<name>.+)$", media.media, name="media"),
]
