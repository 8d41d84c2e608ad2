"""The course page, its side pages, and addresses of steps that hold for every run."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stoa.kernel.clock import now
from stoa.site.queries.course_page import course_page, side_page


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """What a visitor learns of the course before enrolling."""
    page = course_page(request.user, course, now=now())
    crumbs = [("/catalogue/", _("Catalogue"))]
    if subject := page.course.subject:
        crumbs.append((f"/catalogue/?subject={subject.slug}", subject.name))
    context = {"page": page, "course": page.course, "crumbs": [*crumbs, ("", page.course.title)], "nav": "catalogue"}
    return render(request, "site/course/course.html", context)


@require_safe
def side(request: HttpRequest, course: str, page: str) -> HttpResponse:
    """A page beside the lessons."""
    found = side_page(request.user, course, page, now=now())
    crumbs = [("/catalogue/", _("Catalogue")), (f"/courses/{course}/", found.course), ("", found.title)]
    return render(request, "site/course/side.html", {"page": found, "crumbs": crumbs, "nav": "catalogue"})


@require_safe
def step(request: HttpRequest, course: str, step: str) -> HttpResponse:
    """The step in the reader's own run, or in the one on offer."""
    page = course_page(request.user, course, now=now())
    if not page.run:
        raise Http404
    return HttpResponseRedirect(f"{page.address}steps/{step}/")
