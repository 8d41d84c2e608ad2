"""What of a visit may stand in the event log."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

# Their addresses carry keys: to a new password, out of a mailing, into somebody's account, calendar or answers.
UNTOLD = ("/accounts/", "/account/", "/admin/", "/inbox/", "/mail/", "/calendars/", "/guardians/", "/surveys/")


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A request and what came back."""

    method: str
    path: str
    status: int
    content_type: str
    partial: bool


def is_page_view(answered: Answered) -> bool:
    """Whether a visitor opened a whole page that may be spoken of."""
    return (
        answered.method == "GET"
        and answered.status == HTTPStatus.OK
        and answered.content_type.startswith("text/html")
        and not answered.partial
        and not answered.path.startswith(UNTOLD)
    )


def told_path(address: str) -> str:
    """The address without what follows its question mark, and only its beginning where the rest may be a key."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = next((start for start in UNTOLD if parts.path.startswith(start)), parts.path)
    return f"{parts.scheme}://{parts.hostname}{path}" if parts.hostname else path
