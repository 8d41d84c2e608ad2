"""Addresses of the pages that join rooms, and of all that belongs to no room."""

from django.urls import URLPattern, URLResolver, path, re_path

from stoa.site.rules.pages import PAGES
from stoa.site.views import lessons, pages

RUN = "courses/<slug:course>/runs/<slug:run>/"

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(rf"^(?P<page>{'|'.join(PAGES)})/$", pages.words, name="words"),
    path(f"{RUN}steps/<str:step>/", lessons.lesson, name="lesson"),
]
