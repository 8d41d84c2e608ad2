"""Asking those who stopped, once for each run, by one mail with one question."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from stoa.courseware.models import Enrolment
from stoa.insights.actions.surveys import ask
from stoa.insights.queries.exits import Stopped, link_of, those_who_stopped
from stoa.insights.queries.survey_words import choices_of
from stoa.insights.rules.surveys import MAIL_KIND, REASON, Survey
from stoa.mail.actions import post

AT_ONCE = 200
"""Learners who are asked in one transaction."""


@transaction.atomic
def ask_those_who_stopped(*, after: int, at: datetime) -> int:
    """Ask the next learners, in order of enrolments; the last one looked at, or 0 when all were.

    Asking and mail are kept together or not at all, and an asking is there once: run twice, at the same time or after a
    crash, nobody gets a second mail.
    """
    found = those_who_stopped(after=after, most=AT_ONCE, at=at)
    asked = Enrolment.objects.select_related("run__course__organisation").in_bulk(
        [one.enrolment_id for one in found.who]
    )
    for one in found.who:
        if ask(enrolment=asked[one.enrolment_id], survey=Survey.EXIT, at=at, ended=one.ended):
            _write_to(one, at)
    return found.last


def _write_to(one: Stopped, at: datetime) -> None:
    with override(one.language):
        words = {
            "course": one.title,
            "language": one.course_language,
            "left": one.left,
            "page": link_of(one.enrolment_id, one.run_id, ""),
            "answers": [
                (words, link_of(one.enrolment_id, one.run_id, key)) for key, words in choices_of(Survey.EXIT, REASON)
            ],
            "own": settings.SITE_URL + reverse("own_answers"),
        }
        post(
            kind=MAIL_KIND,
            to=one.email,
            person_id=one.person_id,
            subject=gettext("One question about %(course)s") % {"course": one.title},
            text=render_to_string("insights/mail/exit.txt", words),
            html=render_to_string("insights/mail/exit.html", words),
            key=f"{MAIL_KIND}-{one.enrolment_id}-{one.run_id}",
            why=gettext("You get this mail once, because you enrolled in %(course)s.") % {"course": one.title},
            at=at,
        )
