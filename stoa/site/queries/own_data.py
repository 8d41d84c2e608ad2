"""Everything that Stoa keeps about one person, as one file to take away."""

import json
from dataclasses import asdict
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from stoa.accounts.models import Person
from stoa.accounts.queries import facts_of
from stoa.assessment.queries import quiz_record
from stoa.courseware.queries import RunRecord, learning_record
from stoa.insights.queries.surveys import answer_record
from stoa.peer_review.queries import work_record

READ_ME = """What Stoa keeps about you.

account.json      your account and the mails sent to you
courses.json      each run that you learned in: what you did, when, your answers to quizzes and your scores,
                  and what you answered when you were asked about it
peer-work.json    drafts, work that you handed in, reviews that you gave
notes/            your notes, as Markdown

Times are in UTC. All files are in UTF-8.
"""


def own_data(person: Person) -> bytes:
    """A ZIP file with all of it."""
    runs, quizzes = learning_record(person.pk), quiz_record(person.pk)
    said = answer_record(person.pk)
    courses = [
        asdict(run)
        | {
            "quizzes": [asdict(one) for one in quizzes.get(run.enrolment_id, ())],
            "asked_about_it": [asdict(one) for one in said.get(run.enrolment_id, ())],
        }
        for run in runs
    ]
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME)
        archive.writestr("account.json", facts_of(person).as_json())
        archive.writestr("courses.json", _json(courses))
        archive.writestr("peer-work.json", _json([asdict(one) for one in work_record(person.pk)]))
        for run in runs:
            if run.notebook:
                archive.writestr(_notebook(run), run.notebook)
    return file.getvalue()


def _notebook(run: RunRecord) -> str:
    return f"notes/{run.course}-{run.run}.md"


def _json(records: list[dict[str, object]]) -> str:
    return json.dumps(records, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
