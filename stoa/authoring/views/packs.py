"""A module to take along."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stoa.authoring import actions
from stoa.authoring.rules.media import address
from stoa.courseware.queries import Door, RunUnknown, desk_for, door
from stoa.kernel.clock import now


@require_safe
def pack(request: HttpRequest, course: str, run: str, module: str) -> HttpResponse:
    """The file of all steps of a module that are open to the reader; learners and the course team only."""
    try:
        desk = desk_for(request.user, course=course, run=run)
    except RunUnknown as unknown:
        raise Http404 from unknown
    found = next((one for one in desk.outline.modules if one.id == module), None)
    if found is None or not (desk.enrolled or desk.team):
        raise Http404
    at = now()
    steps = [
        step
        for step in found.steps
        if door(step=step, standing=desk.standing, self_paced=desk.self_paced, now=at) is Door.OPEN
    ]
    try:
        made = actions.pack_module(desk=desk, module=found, steps=steps, language=get_language() or desk.language)
    except actions.NoRoomForPack as refused:
        messages.error(request, str(refused.__doc__))
        return HttpResponseRedirect(desk.address)
    return HttpResponseRedirect(address(made.sha256, made.name))
