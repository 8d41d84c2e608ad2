"""Files that were uploaded, and that neither a draft nor work has any more."""

from datetime import datetime, timedelta

from stoa.peer_review.actions.uploading import discard
from stoa.peer_review.models import SubmittedFile

KEPT = timedelta(days=1)


def sweep_files(*, at: datetime) -> int:
    """Forget them after a day; says how many."""
    rows = SubmittedFile.objects.filter(drafts=None, versions=None, at__lt=at - KEPT)
    files = list(rows.order_by("pk")[:1000])
    for file in files:
        discard(file)
    return len(files)
