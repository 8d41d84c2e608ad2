"""The outside resources of a course, for its team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.authoring import actions, queries
from stoa.catalogue.models import Course
from stoa.catalogue.queries import may_teach


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: HttpRequest, course: str) -> HttpResponse:
    """What the course leads to elsewhere and how that was found; a POST accepts a page as it is now."""
    found = get_object_or_404(Course.objects.select_related("organisation").defer("search"), slug=course)
    if not may_teach(request.user, found):
        raise Http404
    lines = queries.outside_of(found)
    if request.method == "POST":
        url = request.POST.get("url", "")
        if url in {line.url for line in lines}:
            actions.accept_as_it_is(url=url)
            messages.success(request, _("From now on the page as it is today counts as the right one."))
        return HttpResponseRedirect(request.path)
    crumbs = (("/catalogue/", _("Catalogue")), (f"/courses/{found.slug}/", found.title), ("", _("Outside resources")))
    context = {"course": found, "lines": lines, "crumbs": crumbs, "nav": "catalogue"}
    return render(request, "authoring/outside.html", context)
