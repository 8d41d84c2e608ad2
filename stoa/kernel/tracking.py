"""The tracking-log shape of edX: who did what, where, when, one JSON object a line.

Source of the shape: the edX research guide, "Events in the Tracking Logs".
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from stoa.kernel import spool
from stoa.kernel.clock import now

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One event: its edX type, its payload, and the course it belongs to."""

    event_type: str
    event: Mapping[str, object] = field(default_factory=dict)
    course_id: str = ""
    org_id: str = ""
    user_id: int | None = None
    username: str = ""
    event_source: str = "server"
    page: str | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a request says of the visitor: the surroundings of every event it causes."""

    ip: str = ""
    agent: str = ""
    host: str = ""
    session: str = ""
    referer: str = ""
    accept_language: str = ""
    path: str = ""
    user_id: int | None = None
    username: str = ""
    course_id: str = ""
    org_id: str = ""


_visit: ContextVar[Visit] = ContextVar("visit")
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


@contextmanager
def visiting(visit: Visit) -> Iterator[None]:
    """Everything recorded inside belongs to this visit."""
    token = _visit.set(visit)
    try:
        yield
    finally:
        _visit.reset(token)


@contextmanager
def happening(at: datetime) -> Iterator[None]:
    """Everything told inside happened then: a history that is written afterwards."""
    token = _moment.set(at)
    try:
        yield
    finally:
        _moment.reset(token)


def in_course(*, course_id: str, org_id: str) -> None:
    """The present visit is to pages of this course, and so are its events that name no other."""
    visit = _visit.get(None)
    if visit:
        _visit.set(replace(visit, course_id=course_id, org_id=org_id))


def record(tracked: Tracked) -> None:
    """Keep an event that no transaction stands behind: a page view, a video beacon."""
    keep(line(tracked))


def line(tracked: Tracked, *, at: datetime | None = None) -> bytes:
    """The event as one JSON line, with the surroundings of the present visit."""
    visit = _visit.get(Visit())
    return (json.dumps(_shape(tracked, visit, at or _moment.get() or now()), ensure_ascii=False) + "\n").encode()


def keep(one_line: bytes) -> None:
    """Append the line to the spool. A spool that cannot be written never breaks a page."""
    try:
        spool.append(one_line)
    except OSError:
        log.exception("The event spool cannot be written; this event is lost. Free disk space or fix the folder.")


def _shape(tracked: Tracked, visit: Visit, at: datetime) -> dict[str, object]:
    from_browser = tracked.event_source == "browser"
    return {
        "username": tracked.username or visit.username,
        "event_type": tracked.event_type,
        "name": tracked.event_type,
        "ip": visit.ip,
        "agent": visit.agent,
        "host": visit.host,
        "session": visit.session,
        "referer": visit.referer,
        "accept_language": visit.accept_language,
        # edX browsers send their payload as a JSON string, its server as an object.
        "event": json.dumps(tracked.event) if from_browser else dict(tracked.event),
        "event_source": tracked.event_source,
        "context": {
            "user_id": tracked.user_id or visit.user_id,
            "org_id": tracked.org_id or visit.org_id,
            "course_id": tracked.course_id or visit.course_id,
            "path": visit.path,
        },
        "time": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "page": tracked.page,
    }
