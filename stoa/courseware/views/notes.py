"""A learner's notes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.courseware import actions
from stoa.courseware.forms import NoteForm
from stoa.courseware.models import Note
from stoa.courseware.queries import NoteLine, clock, note_for, notes_of, written
from stoa.courseware.views.desks import again, desk_of, seat_of, signed_in, slowed
from stoa.kernel.clock import now


@login_required
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """All notes of the run; they stay after it ends, and after one left."""
    desk = desk_of(request, course, run)
    if request.method == "POST":
        return _take(request, course, run)
    containing = request.GET.get("q", "").strip()
    own = notes_of(desk.enrolment_id, containing=containing)
    context = {"desk": desk, "notes": own, "containing": containing, "nav": "learning"}
    return render(request, "courseware/notes.html", context)


@login_required
@require_GET
def notebook(request: HttpRequest, course: str, run: str) -> HttpResponse:
    """All notes as a Markdown file."""
    desk = desk_of(request, course, run)
    lines = [
        NoteLine(step_id=n.step_id, step_title=n.step_title, seconds=n.seconds, at=n.at, text=n.text)
        for n in notes_of(desk.enrolment_id)
    ]
    name = f"notes-{desk.course}-{desk.run}.md"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written(desk.title, lines), content_type="text/markdown; charset=utf-8", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own note."""
    own = _own(request, pk)
    shown = {"text": own.text, "time": "" if own.seconds is None else clock(own.seconds)}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=shown)
    if not form.is_valid():
        context: dict[str, object] = {"note": own, "form": form, "nav": "learning"}
        return again(request, "courseware/note.html", context, status=422 if form.is_bound else 200)
    if wait := slowed(request):
        form.add_error(None, wait)
        return again(request, "courseware/note.html", {"note": own, "form": form, "nav": "learning"}, status=429)
    actions.change_note(note=own, text=form.cleaned_data["text"], at=now())
    messages.success(request, _("Your note is saved."))
    return redirect(_notebook_of(own))


@login_required
@require_POST
def note_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one's own note away."""
    own = _own(request, pk)
    actions.delete_note(note=own)
    messages.success(request, _("The note is gone."))
    return redirect(_notebook_of(own))


def _take(request: HttpRequest, course: str, run: str) -> HttpResponse:
    step = request.POST.get("step", "")
    desk = desk_of(request, course, run)
    form = NoteForm(request.POST)
    context: dict[str, object] = {"desk": desk, "form": form, "step": desk.outline.step(step), "nav": "learning"}
    if context["step"] is None:
        raise Http404
    if not form.is_valid():
        return again(request, "courseware/note.html", context, status=422)
    if wait := slowed(request):
        form.add_error(None, wait)
        return again(request, "courseware/note.html", context, status=429)
    said = form.cleaned_data
    actions.take_note(enrolment=seat_of(desk), step_id=step, seconds=said["time"], text=said["text"], at=now())
    messages.success(request, _("Your note is saved."))
    return redirect(f"{desk.address}steps/{step}/#notes")


def _own(request: HttpRequest, pk: int) -> Note:
    try:
        return note_for(signed_in(request), pk)
    except Note.DoesNotExist as missing:
        raise Http404 from missing


def _notebook_of(own: Note) -> str:
    run = own.enrolment.run
    return f"/courses/{run.course.slug}/runs/{run.code}/notes/"
