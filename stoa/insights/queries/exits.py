"""Who stopped in a run and was not asked about it yet; the links by which they answer."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import connection
from django.urls import reverse

from stoa.courseware.models import ChosenModule, Enrolment, StepCompletion
from stoa.courseware.queries import outlines_of, progress
from stoa.insights.rules.surveys import AFTER_END, LINK_LASTS, LONG_AGO, MAIL_KIND, QUIET, Ended

SALT = "stoa.insights.exit"


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A learner who stopped before the end of what they take."""

    enrolment_id: int
    run_id: int
    version_id: int
    person_id: int
    email: str
    language: str
    title: str
    course_language: str
    left: bool

    @property
    def ended(self) -> Ended:
        """How it ended for them."""
        return Ended.LEFT if self.left else Ended.STOPPED


@dataclass(frozen=True, kw_only=True)
class Found:
    """Those who stopped, among the enrolments up to the last that was looked at; 0 where there are no more."""

    who: tuple[Stopped, ...]
    last: int


# Who left is asked some days later; who is there, when nothing was done for a while or the run has ended. Whoever rests
# or has what they wanted is left alone, and so are the team, those whom it happened to long ago, and who wants no such
# mail: nobody counts as asked who was not.
_STOPPED = """
SELECT e.id, e.run_id, r.version_id, e.person_id, p.email, coalesce(nullif(p.language, ''), c.language), c.title,
       c.language, w.at IS NOT NULL
FROM courseware_enrolment e
JOIN catalogue_run r ON r.id = e.run_id
JOIN catalogue_course c ON c.id = r.course_id
JOIN accounts_person p ON p.id = e.person_id
LEFT JOIN courseware_bookmark b ON b.enrolment_id = e.id
LEFT JOIN courseware_withdrawal w ON w.enrolment_id = e.id
CROSS JOIN LATERAL (SELECT greatest(e.at, b.at, r.starts_at) AS since) quiet
WHERE e.id > %(after)s AND p.is_active AND NOT r.hidden AND (
        (w.at IS NOT NULL AND w.at BETWEEN %(long_ago)s AND %(after_end)s)
        OR (w.at IS NULL AND quiet.since BETWEEN %(long_ago)s AND %(quiet)s)
        OR (w.at IS NULL AND e.at < r.ends_at AND r.ends_at BETWEEN %(long_ago)s AND %(after_end)s
            AND quiet.since <= %(after_end)s)
    )
    AND NOT EXISTS (SELECT FROM insights_asking a WHERE a.enrolment_id = e.id AND a.survey = 'exit')
    AND NOT EXISTS (SELECT FROM courseware_fulfilment f WHERE f.enrolment_id = e.id)
    AND NOT EXISTS (SELECT FROM courseware_pause s WHERE s.enrolment_id = e.id)
    AND NOT EXISTS (SELECT FROM catalogue_teaching t WHERE t.course_id = c.id AND t.person_id = e.person_id)
    AND NOT EXISTS (SELECT FROM accounts_staff s
                    WHERE s.organisation_id = c.organisation_id AND s.person_id = e.person_id)
    AND NOT EXISTS (SELECT FROM mail_suppression m WHERE m.address = lower(p.email) AND m.kind IN ('', %(kind)s))
ORDER BY e.id LIMIT %(most)s
"""


def those_who_stopped(*, after: int, most: int, at: datetime) -> Found:
    """The next learners to be asked, in the order of their enrolments."""
    moments = {"long_ago": at - LONG_AGO, "after_end": at - AFTER_END, "quiet": at - QUIET}
    with connection.cursor() as cursor:
        cursor.execute(_STOPPED, {"after": after, "most": most, "kind": MAIL_KIND, **moments})
        rows = cursor.fetchall()
    names = list(Stopped.__dataclass_fields__)
    found = [Stopped(**dict(zip(names, row, strict=True))) for row in rows]
    finished = _finished(found)
    return Found(
        who=tuple(one for one in found if one.enrolment_id not in finished),
        last=found[-1].enrolment_id if len(found) == most else 0,
    )


def _finished(found: list[Stopped]) -> set[int]:
    """Those who did everything that they take: they are asked on the page of the run."""
    numbers = [one.enrolment_id for one in found]
    done, chosen = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    for number, step in StepCompletion.objects.filter(enrolment__in=numbers).values_list("enrolment", "step_id"):
        done[number].add(step)
    for number, module in ChosenModule.objects.filter(enrolment__in=numbers).values_list("enrolment", "module_id"):
        chosen[number].add(module)
    outlines = outlines_of({one.version_id for one in found})
    return {
        one.enrolment_id
        for one in found
        if progress(
            outlines[one.version_id].without_hidden.of_modules(frozenset(chosen[one.enrolment_id])),
            done[one.enrolment_id],
        ).finished
    }


def link_of(enrolment_id: int, run_id: int, answer: str) -> str:
    """Where a press on an answer of the mail leads: nothing is kept before the button there."""
    return settings.SITE_URL + reverse("exit_link", args=[signing.dumps([enrolment_id, run_id, answer], salt=SALT)])


class LinkUnknown(Exception):
    """This link is not whole, or it is older than half a year. The newest mail has one that works."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """What a link of the mail says: whose run, and the answer that was pressed."""

    enrolment: Enrolment
    answer: str


def link_in(token: str) -> Link:
    """Raises LinkUnknown, also where the learner is in that run no more."""
    try:
        enrolment_id, run_id, answer = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError) as reason:
        raise LinkUnknown from reason
    found = Enrolment.objects.select_related("run__course__organisation").filter(pk=enrolment_id, run=run_id).first()
    if found is None:
        raise LinkUnknown
    return Link(enrolment=found, answer=answer)
