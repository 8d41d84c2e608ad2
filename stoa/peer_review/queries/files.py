"""Files handed in: where their bytes are, and the addresses at which one reader may fetch them for a while."""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core import signing

from stoa.peer_review.models import SubmittedFile

SALT = "stoa.peer_review.files"
LASTS = 6 * 3600
"""Seconds for which an address works: a sitting, and no more."""


class FileUnknown(Exception):
    """The address is too old, or somebody else's. Open the page anew and follow the link there."""


def file_address(file: SubmittedFile, *, reader_id: int) -> str:
    """Where this reader may fetch the file; it names neither author nor work, and is of no use to others."""
    return f"/submitted/{_signer(reader_id).sign(file.token)}/{quote(file.name, safe='')}"


def file_at(signed: str, *, reader_id: int) -> SubmittedFile:
    """The file that such an address names.

    Raises FileUnknown.
    """
    try:
        token = _signer(reader_id).unsign(signed, max_age=LASTS)
    except signing.BadSignature as error:
        raise FileUnknown from error
    found = SubmittedFile.objects.filter(token=token).first()
    if found is None:
        raise FileUnknown
    return found


def bytes_at(sha256: str) -> Path:
    """Where the store holds the content with this sha256."""
    return Path(settings.SUBMISSIONS_ROOT) / sha256[:2] / sha256[2:4] / sha256


def _signer(reader_id: int) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"{SALT}:{reader_id}", sep="~")
