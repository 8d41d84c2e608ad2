"""Addresses of a run's own things: enrolment, completions, notes, announcements, learners."""

from django.urls import URLPattern, URLResolver, path

from stoa.courseware.views import announcements, beacons, enrolments, learners, notes, steps

RUN = "courses/<slug:course>/runs/<slug:run>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{RUN}enrolment/", enrolments.enrolment, name="enrolment"),
    path(f"{RUN}enrolment/withdrawal/", enrolments.withdrawal, name="withdrawal"),
    path(f"{RUN}steps/<str:step>/completion/", steps.completion, name="completion"),
    path(f"{RUN}steps/<str:step>/opinion/", steps.opinion, name="opinion"),
    path(f"{RUN}steps/<str:step>/report/", steps.report, name="report"),
    path(f"{RUN}notes/", notes.notes, name="notes"),
    path(f"{RUN}notes.md", notes.notebook, name="notebook"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("notes/<int:pk>/removal/", notes.note_removal, name="note_removal"),
    path(f"{RUN}announcements/", announcements.announcements, name="announcements"),
    path(f"{RUN}announcements/<int:pk>/removal/", announcements.removal, name="announcement_removal"),
    path(f"{RUN}learners/", learners.learners, name="learners"),
    path("events/", beacons.events, name="events"),
]
