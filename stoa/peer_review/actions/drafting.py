"""Keeping what a learner types."""

from datetime import datetime

from django.db import transaction

from stoa.courseware.actions.facts import of_enrolment
from stoa.courseware.models import Enrolment
from stoa.kernel.bus import publish
from stoa.peer_review.events import DraftSaved
from stoa.peer_review.models import Assignment, Draft, EarlierDraft, SubmittedFile
from stoa.peer_review.rules import work as rules
from stoa.peer_review.rules.work import Work

MOST_EARLIER = 20


@transaction.atomic
def save_draft(
    *, assignment: Assignment, enrolment: Enrolment, work: Work, at: datetime, seen: int | None = None
) -> Draft:
    """Keep the work in progress; once this is committed, no crash loses it.

    `seen` is the revision that the window showed: where another window saved meanwhile, its words are kept too, as an
    earlier draft.
    """
    draft = lock_draft(assignment=assignment, enrolment=enrolment, at=at)
    tidy = rules.tidy(work)
    if (tuple(draft.answers), draft.code, tuple(draft.links)) != (tidy.answers, tidy.code, tidy.links):
        if seen is not None and seen != draft.revision:
            _keep_earlier(draft)
        draft.answers, draft.code, draft.links = list(tidy.answers), tidy.code, list(tidy.links)
        draft.revision += 1
    draft.saved_at = at
    draft.save(update_fields=["answers", "code", "links", "revision", "saved_at"])
    return draft


@transaction.atomic
def take_earlier(*, draft: Draft, revision: int, at: datetime) -> Draft:
    """Put an earlier draft in the place of the present one, which becomes an earlier one itself."""
    kept = Draft.objects.select_for_update().get(pk=draft.pk)
    earlier = kept.earlier.get(revision=revision)
    _keep_earlier(kept)
    kept.answers, kept.code, kept.links, kept.saved_at = earlier.answers, earlier.code, earlier.links, at
    kept.revision += 1
    kept.save()
    earlier.delete()
    return kept


def lock_draft(*, assignment: Assignment, enrolment: Enrolment, at: datetime) -> Draft:
    """The learner's draft, which nobody else writes on until the transaction ends; made where there is none."""
    drafts = Draft.objects.select_for_update().filter(assignment=assignment, enrolment=enrolment)
    found = drafts.first()
    if found is not None:
        return found
    _, new = Draft.objects.get_or_create(
        assignment=assignment, enrolment=enrolment, defaults={"revision": 0, "saved_at": at}
    )
    if new:
        publish(DraftSaved(**of_enrolment(enrolment), item_id=assignment.item_id, assignment_id=assignment.pk))
    return drafts.get()


def files_of_draft(draft: Draft) -> tuple[SubmittedFile, ...]:
    """The files that the work in progress has, in the order in which they came."""
    return tuple(draft.files.order_by("pk"))


def _keep_earlier(draft: Draft) -> None:
    if not any((*draft.answers, draft.code, *draft.links)):
        return
    EarlierDraft.objects.update_or_create(
        draft=draft,
        revision=draft.revision,
        defaults={
            "answers": draft.answers,
            "code": draft.code,
            "links": draft.links,
            "saved_at": draft.saved_at,
        },
    )
    old = draft.earlier.order_by("-revision").values_list("pk", flat=True)[MOST_EARLIER:]
    draft.earlier.filter(pk__in=list(old)).delete()
