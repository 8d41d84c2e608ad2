"""Addresses of Insights; the same on a site and alone."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, path
from django.utils.module_loading import import_string

from stoa.insights.views import boards, charts, figures, fresh, media, methods, times

urlpatterns: list[URLPattern | URLResolver] = [
    path("insights/", boards.board, name="insights"),
    path("insights/overview/", times.over_time, name="insights_overview"),
    path("insights/overview/figures/<slug:name>/", times.figure, name="insights_series"),
    path("insights/overview/figures/<slug:name>.<str:form>", times.file, name="insights_series_file"),
    path("insights/compare/", times.compare, name="insights_compare"),
    path("insights/charts/<slug:metric>/", charts.chart, name="insights_chart"),
    path("insights/media/", media.by_country, name="insights_media"),
    path("insights/media.<str:form>", media.file, name="insights_media_file"),
    path("insights/version/", fresh.version, name="insights_version"),
    path("insights/method/", methods.method, name="insights_method"),
    path("insights/figures/<slug:name>/", figures.page, name="insights_figure"),
    path("insights/figures/<slug:name>.<str:form>", figures.file, name="insights_file"),
]
# Where Insights runs alone there are no courses, no learners, and nobody to ask.
COURSE = "courses/<slug:course>/insights/"
RUN = "courses/<slug:course>/runs/<slug:run>/"
TEAM = f"{RUN}insights/"
ON_A_SITE = (
    (COURSE, "boards.board", "insights_course"),
    (f"{COURSE}figures/<slug:name>/", "figures.page", "insights_course_figure"),
    (f"{COURSE}figures/<slug:name>.<str:form>", "figures.file", "insights_course_file"),
    (TEAM, "teams.team", "insights_team"),
    (f"{TEAM}figures/<slug:name>/", "team_figures.page", "insights_team_figure"),
    (f"{TEAM}figures/<slug:name>.<str:form>", "team_figures.file", "insights_team_file"),
    (f"{TEAM}answers/", "harvests.harvests", "insights_harvests"),
    (f"{RUN}intent/", "surveys.intent", "intent"),
    (f"{RUN}exit/", "surveys.way_out", "exit"),
    ("surveys/<str:token>/", "surveys.link", "exit_link"),
    ("account/answers/", "surveys.own", "own_answers"),
    ("account/answers/<int:number>/removal/", "surveys.removal", "own_answer_removal"),
)
if apps.is_installed("stoa.catalogue"):
    urlpatterns += [
        path(address, import_string(f"stoa.insights.views.{view}"), name=name) for address, view, name in ON_A_SITE
    ]
