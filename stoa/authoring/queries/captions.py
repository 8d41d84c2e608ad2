"""Versions that learners see although captions are missing."""

from dataclasses import dataclass
from datetime import datetime

from stoa.authoring.models import CaptionsWaiver


@dataclass(frozen=True, kw_only=True)
class Waived:
    """Which MOOC videos lack captions, and who let learners come all the same."""

    videos: tuple[str, ...]
    by: str
    """Empty: the command line."""
    reason: str
    at: datetime


def captions_waived(version_id: int) -> Waived | None:
    """What the course team is reminded of; None where no captions are missing."""
    row = CaptionsWaiver.objects.filter(version=version_id).select_related("by").first()
    if row is None:
        return None
    return Waived(videos=tuple(row.videos), by=row.by.display_name if row.by else "", reason=row.reason, at=row.at)
