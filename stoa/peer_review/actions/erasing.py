"""What somebody wrote goes with their account; what others said of it stays, without a name."""

from datetime import datetime

from django.db import transaction

from stoa.peer_review.actions.uploading import discard
from stoa.peer_review.models import Appeal, Submission, SubmissionVersion, SubmittedFile


@transaction.atomic
def erase_work(*, person_id: int, at: datetime) -> None:
    """Take the words, code, links and files out of the person's own work; what a team handed in is the others' too."""
    own = Submission.objects.filter(enrolment__person_id=person_id, team=None)
    versions = SubmissionVersion.objects.filter(submission__in=own)
    for version in versions:
        version.files.clear()
    versions.update(answers=[], html=[], code="", links=[], words=0)
    own.update(erased_at=at, cluster="")
    Appeal.objects.filter(submission__in=own).update(reason="")
    uploaded = SubmittedFile.objects.filter(enrolment__person_id=person_id)
    for file in uploaded:
        file.drafts.clear()
        discard(file)
