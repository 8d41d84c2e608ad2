"""The import page: bring a course in, watch, pause, stop and undo, publish."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stoa.accounts.models import Person
from stoa.accounts.queries import organisations_of
from stoa.authoring import actions, queries
from stoa.authoring.forms import ImportForm
from stoa.authoring.models import Import
from stoa.catalogue.actions import CodeRefused, NothingToLearn, VersionInUse
from stoa.kernel.clock import now
from stoa.live.tickets import live_address, ticket_for


def staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for people who run an organisation's courses."""

    @login_required
    @wraps(view)
    def seen(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not isinstance(request.user, Person) or not organisations_of(request.user).exists():
            raise PermissionDenied
        return view(request, request.user, *args, **kwargs)

    return seen


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def imports(request: HttpRequest, person: Person) -> HttpResponse:
    """The imports of one's organisations, and the form to bring in another course."""
    form = ImportForm(request.POST or None, request.FILES or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            job = _ask(form, person)
        except (actions.NoRoom, actions.NothingThere) as refused:
            form.add_error(None, str(refused.__doc__))
        else:
            return HttpResponseRedirect(f"/imports/{job.pk}/")
    context = {"form": form, "jobs": queries.imports_of(person)[: queries.NEWEST]}
    return render(request, "authoring/imports.html", context)


@require_safe
@staff
def one(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """One import and how far it is; only the part that moves where a script asks."""
    page = queries.import_page(person, pk, now=now())
    template = "authoring/_import.html" if request.headers.get("HX-Request") else "authoring/import.html"
    version = page.job.version
    lacking = actions.missing_captions(version) if version and not page.shown_in else ()
    live = _live(request, pk) if page.moving else ""
    return render(request, template, {"page": page, "live": live, "lacking": lacking})


@require_POST
@staff
def pause(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Stop the work for now."""
    return _done(request, pk, lambda: actions.pause(job=queries.import_for(person, pk)))


@require_POST
@staff
def resumption(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Take the work up again."""
    return _done(request, pk, lambda: actions.go_on(job=queries.import_for(person, pk)))


@require_POST
@staff
def undoing(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Stop the import and take back what it brought in."""
    return _done(request, pk, lambda: actions.undo(job=queries.import_for(person, pk), at=now()))


@require_POST
@staff
def publication(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Have a run show what came in."""
    version = queries.import_for(person, pk).version
    if version is None:
        messages.error(request, str(actions.NotNow.__doc__))
        return HttpResponseRedirect(f"/imports/{pk}/")
    code, reason = request.POST.get("run", ""), request.POST.get("without_captions", "")
    done = _done(
        request,
        pk,
        lambda: actions.release(version=version, code=code, by=person, at=now(), without_captions=reason),
    )
    return HttpResponseRedirect(f"/courses/{version.course.slug}/") if version.runs.exists() else done


def _ask(form: ImportForm, person: Person) -> Import:
    organisation, file = form.cleaned_data["organisation"], form.cleaned_data.get("file")
    if isinstance(file, UploadedFile):
        return actions.ask_with_file(
            organisation=organisation,
            by=person,
            name=file.name or _("course"),
            size=file.size or 0,
            chunks=file.chunks(),
            at=now(),
        )
    path = Path(form.cleaned_data["path"])
    return actions.ask_with_path(organisation=organisation, by=person, path=path, at=now())


def _done(request: HttpRequest, pk: int, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (actions.NotNow, actions.CaptionsMissing, VersionInUse, CodeRefused, NothingToLearn) as refused:
        messages.error(request, str(refused.__doc__))
    return HttpResponseRedirect(f"/imports/{pk}/")


def _live(request: HttpRequest, pk: int) -> str:
    ticket = ticket_for([f"import:{pk}"], at=now())
    return live_address(
        ticket, host=request.get_host(), secure=request.is_secure(), port=settings.LIVE_PORT, url=settings.LIVE_URL
    )
