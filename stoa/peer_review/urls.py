"""Addresses of peer review."""

from django.urls import URLPattern, URLResolver, path

from stoa.peer_review.views import looking_back, method

ASSIGNMENT = "courses/<slug:course>/runs/<slug:run>/assignments/<str:item>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("peer-review/method/", method.method, name="peer_review_method"),
    path(f"{ASSIGNMENT}calibration/", looking_back.examples, name="calibration"),
    path(f"{ASSIGNMENT}calibration/<int:number>/", looking_back.example, name="calibration_example"),
    path(f"{ASSIGNMENT}self-review/", looking_back.self_review, name="self_review"),
]
