"""Addresses of a run's own things: enrolment, completions, notes, announcements, learners."""

from django.urls import URLPattern, URLResolver, path

from stoa.courseware.views import announcements, beacons, calendars, enrolments, learners, notes, paces, steps

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
    path(f"{RUN}pace/", paces.pace, name="pace"),
    path(f"{RUN}pace/later/", paces.later, name="pace_later"),
    path(f"{RUN}pace/planned/", paces.planned, name="pace_planned"),
    path(f"{RUN}pause/", paces.rest, name="pause"),
    path(f"{RUN}pause/end/", paces.rest_over, name="pause_end"),
    path(f"{RUN}fulfilment/", paces.content, name="fulfilment"),
    path(f"{RUN}fulfilment/end/", paces.more, name="fulfilment_end"),
    path(f"{RUN}change/", paces.another_run, name="run_change"),
    path(f"{RUN}calendar/", calendars.subscription, name="calendar"),
    path(f"{RUN}calendar/end/", calendars.end, name="calendar_end"),
    path("calendars/<str:key>.ics", calendars.feed, name="calendar_feed"),
    path("events/", beacons.events, name="events"),
]
