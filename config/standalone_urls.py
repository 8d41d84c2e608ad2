"""Addresses where Insights runs alone."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(url="/insights/")),
    path("", include("stoa.insights.urls")),
]
