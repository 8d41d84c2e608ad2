"""The reader's desk in a run, for pages that join rooms."""

from django.http import Http404, HttpRequest

from stoa.courseware.queries import Desk, RunUnknown, desk_for
from stoa.kernel.tracking import in_course


def desk_of(request: HttpRequest, course: str, run: str, step: str = "") -> Desk:
    """The reader's desk; a run that they may not see does not exist."""
    try:
        desk = desk_for(request.user, course=course, run=run, step=step)
    except RunUnknown as unknown:
        raise Http404 from unknown
    in_course(course_id=desk.course_key, org_id=desk.organisation)
    return desk
