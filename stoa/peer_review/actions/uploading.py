"""Taking files in for a draft, and out again."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.db.models import Sum

from stoa.courseware.models import Enrolment
from stoa.peer_review.actions.cleaning import clean
from stoa.peer_review.actions.drafting import lock_draft
from stoa.peer_review.actions.storing import forget_bytes, keep_bytes
from stoa.peer_review.models import Assignment, Draft, SubmittedFile
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules.files import (
    Trouble,
    Unreadable,
    anonymous,
    check,
    ending_of,
    kind_of,
    policy_of,
)
from stoa.peer_review.rules.work import most_files

QUOTA = 10
"""A learner's uploads to an assignment take at most so many times what they can hand in."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came."""

    name: str
    size: int
    content: IO[bytes]


class FileRefused(Exception):
    """The file is not taken: `trouble` says why, and `said` what to do where the file itself can't be opened."""

    def __init__(self, name: str, trouble: Trouble, said: str = "") -> None:
        super().__init__(name, trouble, said)
        self.name = name
        self.trouble = trouble
        self.said = said


def upload(*, assignment: Assignment, enrolment: Enrolment, file: Upload, at: datetime) -> SubmittedFile:
    """Clean the file and add it to the draft; the same content again is the file that is there.

    Raises FileRefused; the words of the draft stay as they are.
    """
    asked = content_of(assignment.published)
    rules = policy_of(asked.files)
    content = file.content.read(rules.most + 1)
    if trouble := check(rules, name=file.name, size=len(content), head=content):
        raise FileRefused(file.name, trouble)
    most = most_files(asked)
    _refuse_beyond_quota(assignment, enrolment, file.name, most * rules.most * QUOTA)
    kind = kind_of(ending_of(file.name))
    try:
        cleaned = clean(kind.family, content)
    except Unreadable as error:
        raise FileRefused(file.name, Trouble.UNREADABLE, str(error)) from error
    person = enrolment.person
    row = SubmittedFile(
        assignment=assignment,
        enrolment=enrolment,
        token=secrets.token_urlsafe(24),
        name=anonymous(file.name, [person.display_name, person.email.partition("@")[0]]),
        media_type=kind.media_type,
        size=len(cleaned),
        sha256=keep_bytes(cleaned),
        at=at,
    )
    return _added(row, enrolment, most)


@transaction.atomic
def remove_file(*, draft: Draft, token: str) -> None:
    """Take a file out of the draft; what was handed in with it keeps it."""
    file = draft.files.filter(token=token).first()
    if file is not None:
        draft.files.remove(file)
        discard(file)


def discard(file: SubmittedFile) -> None:
    """Forget a file that neither a draft nor work handed in has any more."""
    if file.drafts.exists() or file.versions.exists():
        return
    digest = file.sha256
    file.delete()
    transaction.on_commit(lambda: forget_bytes(digest))


@transaction.atomic
def _added(row: SubmittedFile, enrolment: Enrolment, most: int) -> SubmittedFile:
    draft = lock_draft(assignment=row.assignment, enrolment=enrolment, at=row.at)
    same = draft.files.filter(sha256=row.sha256, name=row.name).first()
    if same is not None:
        return same
    if draft.files.count() >= most:
        raise FileRefused(row.name, Trouble.MANY)
    row.save()
    draft.files.add(row)
    draft.saved_at = row.at
    draft.save(update_fields=["saved_at"])
    return row


def _refuse_beyond_quota(assignment: Assignment, enrolment: Enrolment, name: str, quota: int) -> None:
    rows = SubmittedFile.objects.filter(assignment=assignment, enrolment=enrolment)
    if (rows.aggregate(total=Sum("size"))["total"] or 0) > quota:
        raise FileRefused(name, Trouble.QUOTA)
