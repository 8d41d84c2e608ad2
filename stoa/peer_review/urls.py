"""Addresses of peer review."""

from django.urls import URLPattern, URLResolver, path

from stoa.peer_review.views import (
    appealing,
    files,
    giving,
    handing_in,
    looking_back,
    method,
    results,
    returning,
    reviews,
    staff,
    staff_works,
    teams,
    volunteering,
)

RUN = "courses/<slug:course>/runs/<slug:run>/"
STAFF = f"{RUN}peer-review/"
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
    path(f"{ASSIGNMENT}works/", giving.work, name="assignment_work"),
    path(f"{ASSIGNMENT}dates/", giving.dates, name="assignment_dates"),
    path(f"{ASSIGNMENT}extensions/<int:learner>/", giving.extension, name="deadline_extension"),
    path(f"{ASSIGNMENT}team/", teams.team, name="team"),
    path(f"{ASSIGNMENT}team/departure/", teams.departure, name="team_departure"),
    path(f"{ASSIGNMENT}team/<str:code>/", teams.invitation, name="team_invitation"),
    path(STAFF, staff.health, name="peer_health"),
    path(f"{STAFF}queue/", staff.queue, name="staff_queue"),
    path(f"{STAFF}appeals/", staff.appeals, name="appeals"),
    path(f"{STAFF}reports/", staff.reports, name="peer_reports"),
    path(f"{STAFF}copies/", staff.copies, name="copies"),
    path(f"{STAFF}fairness/", staff.fairness, name="fairness"),
    path(f"{STAFF}volunteers/", staff.volunteers, name="volunteers"),
    path(f"{STAFF}works/<int:number>/", staff_works.work, name="staff_work"),
    path(f"{STAFF}works/<int:number>/history/", staff_works.history, name="work_history"),
    path(f"{RUN}reading-for-others/", volunteering.consent, name="volunteering"),
    path(f"{ASSIGNMENT}calibration/", looking_back.examples, name="calibration"),
    path(f"{ASSIGNMENT}calibration/<int:number>/", looking_back.example, name="calibration_example"),
    path(f"{ASSIGNMENT}self-review/", looking_back.self_review, name="self_review"),
    path(f"{ASSIGNMENT}reviews/", reviews.reviews, name="peer_reviews"),
    path(f"{ASSIGNMENT}reviews/<str:token>/", reviews.review, name="peer_review"),
    path(f"{ASSIGNMENT}reviews/<str:token>/draft/", reviews.draft, name="peer_review_draft"),
    path(f"{ASSIGNMENT}reviews/<str:token>/lease/", reviews.lease, name="peer_review_lease"),
    path(f"{ASSIGNMENT}reviews/<str:token>/return/", returning.giving_back, name="peer_review_return"),
    path(f"{ASSIGNMENT}reviews/<str:token>/flag/", returning.flag, name="peer_review_flag"),
    path(f"{ASSIGNMENT}result/", results.result, name="peer_result"),
    path(f"{ASSIGNMENT}result/ratings/", results.ratings, name="peer_ratings"),
    path(f"{ASSIGNMENT}result/appeal/", appealing.appeal, name="appeal"),
    path(f"{ASSIGNMENT}result/words/<int:number>/thanks/", results.thanks, name="peer_thanks"),
    path(f"{ASSIGNMENT}result/words/<int:number>/report/", results.report, name="peer_report"),
]
