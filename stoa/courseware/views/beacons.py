"""What browsers tell of MOOC videos: kept in the event log, and as the place to resume."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stoa.accounts.actions import Limit, TooOften, asker, spend
from stoa.courseware import actions
from stoa.courseware.events import MediaFailed
from stoa.courseware.queries import Desk, RunUnknown, desk_for
from stoa.courseware.rules import beacons, edx
from stoa.courseware.rules.beacons import Batch, BatchRefused
from stoa.kernel import tracking
from stoa.kernel.bus import publish
from stoa.kernel.clock import now

FAILURES = Limit(name="media-failures", burst=10, every=timedelta(minutes=1))
"""One browser cannot make a country look cut off."""


@csrf_exempt  # A beacon carries no token: `_from_here` lets only our own pages send one.
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Take a batch of events from one of our own pages."""
    if not _from_here(request):
        return HttpResponse(status=403)
    try:
        batch = beacons.read(request.body)
        desk = desk_for(request.user, course=batch.course, run=batch.run)
    except BatchRefused:
        return HttpResponse(status=400)
    except RunUnknown:
        return HttpResponse(status=404)
    if batch.tells_failures and not _may_tell_failures(request):
        batch = batch.without_failures()
    _log(desk, batch)
    if batch.tells_failures:
        publish(MediaFailed())
    _keep_place(desk, batch)
    return HttpResponse(status=204)


def _from_here(request: HttpRequest) -> bool:
    """True where the browser says that one of our own pages sends this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def _may_tell_failures(request: HttpRequest) -> bool:
    try:
        spend(limit=FAILURES, key=asker(request), at=now())
    except TooOften:
        return False
    return True


def _log(desk: Desk, batch: Batch) -> None:
    for beacon in batch.beacons:
        if beacon.logged:
            tracking.record(
                tracking.Tracked(
                    event_type=beacon.event_type,
                    event={"id": edx.usage_key(desk.course_key, "mooc_video", beacon.item_id), **beacon.payload}
                    if beacon.item_id
                    else beacon.payload,
                    course_id=desk.course_key,
                    org_id=desk.organisation,
                    user_id=desk.person_id,
                    username=edx.username(desk.person_id) if desk.person_id else "",
                    event_source="browser",
                    page=f"{desk.address}steps/{batch.step}/",
                )
            )


def _keep_place(desk: Desk, batch: Batch) -> None:
    if desk.enrolment is None:
        return
    for item_id, seconds in batch.positions.items():
        actions.note_position(enrolment=desk.enrolment, item_id=item_id, seconds=seconds, at=now())
