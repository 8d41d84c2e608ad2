"""A first look by the computer: can the work be read, in which language is it, is it the same as other work?

It never judges: work that can't be read waits for its author, work that is the same is shown to the course team.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from stoa.coursedoc.model import Text
from stoa.coursedoc.rendering import plain
from stoa.mail.actions import post
from stoa.peer_review.actions.moving import lock
from stoa.peer_review.actions.promising import MAIL_KIND
from stoa.peer_review.actions.queueing import stand_still, take_new_version
from stoa.peer_review.actions.telling import language_of
from stoa.peer_review.models import Place, Submission, SubmissionVersion
from stoa.peer_review.queries.files import bytes_at
from stoa.peer_review.queries.scoring import authors_of
from stoa.peer_review.rules import work as rules
from stoa.peer_review.rules.states import SubmissionState
from stoa.peer_review.rules.work import Work

Screen = Submission.Screen
SAME = "same-"
UNREADABLE = (Screen.BLANK, Screen.UNREADABLE)


def screen(*, submission_id: int, at: datetime) -> Screen:
    """Look at the latest version; looking twice changes nothing."""
    submission = Submission.objects.select_related("assignment__run__course").get(pk=submission_id)
    if submission.screen != Screen.PENDING:
        return Screen(submission.screen)
    version = submission.versions.get(number=submission.latest)
    # The detector takes its time: nobody waits for a lock meanwhile.
    language = language_of(" ".join(plain(Text(source=answer)) for answer in version.answers))
    return _keep(submission, version, _found(version), language, at)


def waiting(*, since: datetime) -> list[int]:
    """Submissions that nobody looked at although they are older than this: their job was lost."""
    rows = Submission.objects.filter(screen=Screen.PENDING, submitted_at__lte=since, erased_at=None)
    return list(rows.exclude(state=Submission.State.WITHDRAWN).order_by("pk").values_list("pk", flat=True)[:500])


@transaction.atomic
def _keep(submission: Submission, version: SubmissionVersion, found: Screen, language: str, at: datetime) -> Screen:
    lock([submission.pk])
    kept = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if kept.latest != version.number:
        # A newer version came meanwhile, with a look of its own.
        return Screen.PENDING
    same = _same(submission, version) if found is Screen.CLEAR else []
    kept.language = language
    kept.screen = Screen.DUPLICATE if same else found
    kept.cluster = kept.cluster or (_cluster(version, same) if same else "")
    kept.save(update_fields=["language", "screen", "cluster"])
    take_new_version(submission=kept, at=at)
    if found in UNREADABLE:
        stand_still(submission_id=kept.pk, state=SubmissionState.SCREEN, why=str(found.label), at=at)
        _ask_again(kept, version, found, at)
    return Screen(kept.screen)


def _found(version: SubmissionVersion) -> Screen:
    files = list(version.files.all())
    work = Work(
        answers=tuple(version.answers),
        code=version.code,
        links=tuple(version.links),
        files=tuple(file.token for file in files),
    )
    if rules.is_blank(work):
        return Screen.BLANK
    missing = any(file.unreadable or not bytes_at(file.sha256).is_file() for file in files)
    return Screen.UNREADABLE if missing else Screen.CLEAR


def _same(submission: Submission, version: SubmissionVersion) -> list[Submission]:
    """Work of others in the course, in this run or another, that is the same but for spaces and capitals."""
    course = submission.assignment.run.course_id
    rows = Submission.objects.filter(assignment__run__course_id=course, versions__fingerprint=version.fingerprint)
    people = {enrolment.person_id for enrolment in authors_of(submission)}
    others = rows.exclude(pk=submission.pk).exclude(enrolment__person_id__in=people)
    others = others.exclude(team__members__enrolment__person_id__in=people)
    return list(others.exclude(state=Submission.State.WITHDRAWN).distinct().order_by("pk"))


def _cluster(version: SubmissionVersion, same: list[Submission]) -> str:
    """The name of the cluster; works that were in none until now join it."""
    name = next((one.cluster for one in same if one.cluster), f"{SAME}{version.fingerprint[:16]}")
    for other in lock([one.pk for one in same if not one.cluster]).values():
        Submission.objects.filter(pk=other.pk).update(cluster=name)
        Place.objects.filter(pk=other.pk).update(cluster=name)
    return name


def _ask_again(submission: Submission, version: SubmissionVersion, found: Screen, at: datetime) -> None:
    assignment = submission.assignment
    course = assignment.run.course
    address = f"{settings.SITE_URL}/courses/{course.slug}/runs/{assignment.run.code}/assignments/{assignment.item_id}/"
    for enrolment in authors_of(submission):
        person = enrolment.person
        words = {"assignment": assignment, "blank": found is Screen.BLANK, "address": address}
        with override(person.language or course.language):
            post(
                kind=MAIL_KIND,
                to=person.email,
                person_id=person.pk,
                subject=gettext("Please hand in again: %(title)s") % {"title": assignment.published.title},
                text=render_to_string("peer_review/mail/unreadable.txt", words),
                key=f"assignment-unreadable-{submission.pk}-{version.number}-{person.pk}",
                why=gettext("You get this mail because you handed in work in %(course)s.") % {"course": course.title},
                at=at,
            )
