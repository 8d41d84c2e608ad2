"""Addresses of Insights; the same on a site and alone."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, path
from django.utils.module_loading import import_string

from stoa.insights.views import boards, charts, figures, fresh, methods, times

urlpatterns: list[URLPattern | URLResolver] = [
    path("insights/", boards.board, name="insights"),
    path("insights/overview/", times.over_time, name="insights_overview"),
    path("insights/compare/", times.compare, name="insights_compare"),
    path("insights/charts/<slug:metric>/", charts.chart, name="insights_chart"),
    path("insights/version/", fresh.version, name="insights_version"),
    path("insights/method/", methods.method, name="insights_method"),
    path("insights/figures/<slug:name>/", figures.page, name="insights_figure"),
    path("insights/figures/<slug:name>.<str:form>", figures.file, name="insights_file"),
]
if apps.is_installed("stoa.catalogue"):
    team = import_string("stoa.insights.views.teams.team")
    urlpatterns += [
        path("courses/<slug:course>/runs/<slug:run>/insights/", team, name="insights_team"),
        path("courses/<slug:course>/insights/", boards.board, name="insights_course"),
        path("courses/<slug:course>/insights/figures/<slug:name>/", figures.page, name="insights_course_figure"),
        path(
            "courses/<slug:course>/insights/figures/<slug:name>.<str:form>", figures.file, name="insights_course_file"
        ),
    ]
