"""Teams: forming one, opening an invitation, leaving."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.contrib.messages import error
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from stoa.peer_review.actions import (
    InATeam,
    NameMissing,
    NameTaken,
    NoSuchTeam,
    TeamFull,
    TeamHasHandedIn,
    TeamRefused,
    form_team,
    join_team,
    leave_team,
)
from stoa.peer_review.models import Team
from stoa.peer_review.queries.headings import heading_of
from stoa.peer_review.views.limits import WRITING, at_most
from stoa.peer_review.views.seats import Seat, seat_at

REFUSALS: Mapping[type[TeamRefused], Lazy] = {
    NameMissing: gettext_lazy("Give the team a name, so that its members know it."),
    NameTaken: gettext_lazy("Another team of this assignment has this name. Choose another one."),
    InATeam: gettext_lazy("You are in a team of this assignment already. Leave that one first."),
    TeamFull: gettext_lazy("The team has as many members as it may have. Form another one."),
    TeamHasHandedIn: gettext_lazy("The team has handed in, so its members stay as they are."),
    NoSuchTeam: gettext_lazy("There is no team with this invitation. Ask for the address again."),
}


@require_POST
@login_required
@at_most(WRITING)
def team(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Form a team."""
    seat = _seat(request, course, run, item)
    try:
        form_team(assignment=seat.assignment, by=seat.enrolment, name=request.POST.get("name", ""), at=seat.at)
    except TeamRefused as refused:
        error(request, str(REFUSALS[type(refused)]))
    return redirect(f"{seat.address}#team")


@require_http_methods(["GET", "POST"])
@login_required
def invitation(request: HttpRequest, course: str, run: str, item: str, code: str) -> HttpResponse:
    """An invitation: shown by a GET, taken by a POST."""
    seat = _seat(request, course, run, item)
    if request.method == "POST":
        return _join(request, seat, code)
    found = Team.objects.filter(assignment=seat.assignment, code=code).first()
    if found is None:
        raise Http404
    names = [member.enrolment.person.display_name for member in found.members.select_related("enrolment__person")]
    head = heading_of(seat.desk, seat.assignment, heading=found.name, place=found.name)
    context = {"head": head, "team": found, "members": names, "nav": "learning"}
    return render(request, "peer_review/hand_in/invitation.html", context)


@require_POST
@login_required
@at_most(WRITING)
def departure(request: HttpRequest, course: str, run: str, item: str) -> HttpResponse:
    """Leave one's team."""
    seat = _seat(request, course, run, item)
    try:
        leave_team(assignment=seat.assignment, by=seat.enrolment)
    except TeamRefused as refused:
        error(request, str(REFUSALS[type(refused)]))
    return redirect(f"{seat.address}#team")


def _join(request: HttpRequest, seat: Seat, code: str) -> HttpResponse:
    try:
        join_team(assignment=seat.assignment, by=seat.enrolment, code=code, at=seat.at)
    except TeamRefused as refused:
        error(request, str(REFUSALS[type(refused)]))
    return redirect(f"{seat.address}#team")


def _seat(request: HttpRequest, course: str, run: str, item: str) -> Seat:
    seat = seat_at(request, course, run, item)
    if not seat.assignment.teams:
        raise Http404
    return seat
