"""Every address of the site: each room brings its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("stoa.site.urls")),
    path("", include("stoa.insights.urls")),
    path("", include("stoa.authoring.urls")),
    path("", include("stoa.peer_review.urls")),
    path("", include("stoa.assessment.urls")),
    path("", include("stoa.courseware.urls")),
    path("", include("stoa.catalogue.urls")),
    path("", include("stoa.accounts.urls")),
    path("", include("stoa.mail.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "stoa.site.views.errors.malformed"
handler403 = "stoa.site.views.errors.forbidden"
handler404 = "stoa.site.views.errors.missing"
handler500 = "stoa.site.views.errors.broken"
