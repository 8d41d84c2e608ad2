"""Addresses of peer review."""

from django.urls import URLPattern, URLResolver, path

from stoa.peer_review.views import files, handing_in, looking_back, method, teams

ASSIGNMENT = "courses/<slug:course>/runs/<slug:run>/assignments/<str:item>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("peer-review/method/", method.method, name="peer_review_method"),
    path("submitted/<str:signed>/<str:name>", files.submitted, name="submitted_file"),
    path(ASSIGNMENT, handing_in.page, name="assignment"),
    path(f"{ASSIGNMENT}draft/", handing_in.draft, name="draft"),
    path(f"{ASSIGNMENT}draft/earlier/", handing_in.earlier, name="earlier_draft"),
    path(f"{ASSIGNMENT}draft/files/", handing_in.files, name="draft_files"),
    path(f"{ASSIGNMENT}draft/preview/", handing_in.preview, name="draft_preview"),
    path(f"{ASSIGNMENT}submissions/", handing_in.submissions, name="submissions"),
    path(f"{ASSIGNMENT}submissions/withdrawal/", handing_in.withdrawal, name="submission_withdrawal"),
    path(f"{ASSIGNMENT}team/", teams.team, name="team"),
    path(f"{ASSIGNMENT}team/departure/", teams.departure, name="team_departure"),
    path(f"{ASSIGNMENT}team/<str:code>/", teams.invitation, name="team_invitation"),
    path(f"{ASSIGNMENT}calibration/", looking_back.examples, name="calibration"),
    path(f"{ASSIGNMENT}calibration/<int:number>/", looking_back.example, name="calibration_example"),
    path(f"{ASSIGNMENT}self-review/", looking_back.self_review, name="self_review"),
]
