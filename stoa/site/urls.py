"""Addresses of the pages that join rooms, and of all that belongs to no room."""

from django.urls import URLPattern, URLResolver, path, re_path

from stoa.site.rules.covers.address import EDITION, LANDSCAPES
from stoa.site.rules.pages import PAGES
from stoa.site.views import (
    catalogue,
    course,
    covers,
    forum,
    health,
    learning,
    lessons,
    look,
    manifest,
    pages,
    profile,
    styleguide,
)

RUN = "courses/<slug:course>/runs/<slug:run>/"
LIGHT = r"(?P<light>day|night)\.svg$"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", catalogue.catalogue, name="home"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("organisations/<slug:organisation>/", catalogue.organisation, name="organisation"),
    re_path(rf"^(?P<page>{'|'.join(PAGES)})/$", pages.words, name="words"),
    path("forum/", forum.forum, name="forum"),
    path("look/", look.look, name="look"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    re_path(rf"^covers/{EDITION}/panorama-{LIGHT}", covers.panorama, name="panorama"),
    re_path(
        rf"^covers/{EDITION}/(?P<landscape>{'|'.join(LANDSCAPES)})/(?P<columns>[3-9])/(?P<course>[\w-]{{1,120}})-{LIGHT}",
        covers.cover,
        name="cover",
    ),
    path("courses/<slug:course>/", course.course, name="course"),
    path("courses/<slug:course>/pages/<str:page>/", course.side, name="side_page"),
    path("courses/<slug:course>/steps/<str:step>/", course.step, name="step_anywhere"),
    path("account/about-you/", profile.about_you, name="about_you"),
    path("account/about-you/removal/", profile.removal, name="about_you_removal"),
    path("account/everything.zip", learning.everything, name="everything"),
    path("my-learning/", learning.learning, name="learning"),
    path(RUN, learning.home, name="course_home"),
    path(f"{RUN}progress/", learning.progress, name="progress"),
    path(f"{RUN}health/", health.health, name="course_health"),
    path(f"{RUN}steps/<str:step>/", lessons.lesson, name="lesson"),
]
