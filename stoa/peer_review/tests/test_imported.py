"""Open responses of another platform become assignments of a run."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stoa.accounts.tests.makers import an_organisation
from stoa.catalogue.actions import adopt, open_run
from stoa.coursedoc.formats.olx.tests.makers import an_export, imported
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.rules.files import policy_of
from stoa.peer_review.tests.makers import MONDAY, published

pytestmark = pytest.mark.django_db
ESSAY = """<openassessment url_name="essay" submission_start="2026-03-02T09:00:00Z"
 submission_due="2026-03-16T09:00:00Z" text_response="required" file_upload_response="optional"
 file_upload_type="pdf-and-image" allow_multiple_files="True"><title>Essay</title><assessments>
<assessment name="peer-assessment" must_grade="5" must_be_graded_by="3" start="2026-03-16T09:00:00Z"
 due="2026-03-23T09:00:00Z"/><assessment name="self-assessment"/></assessments><prompts>
<prompt><description>Describe it.</description></prompt><prompt><description>Explain it.</description></prompt>
<prompt><description>Judge it.</description></prompt></prompts><rubric><criterion feedback="required">
<name>Ideas</name><prompt>Are there any?</prompt><option points="0"><name>Few</name></option>
<option points="5"><name>Many</name><explanation>At least two.</explanation></option></criterion>
<criterion><name>Words</name><prompt>Are they right?</prompt><option points="0"><name>No</name></option>
<option points="3"><name>Yes</name></option></criterion></rubric></openassessment>"""


def test_prompts_rubric_dates_and_files_of_an_open_response_come_along(tmp_path: Path) -> None:
    course = imported(an_export(tmp_path, ESSAY)).course
    version = adopt(course=course, organisation=an_organisation(), by=None, at=MONDAY)

    run = open_run(version=published(course, version=version), code="2026-1", starts_at=MONDAY, self_paced=False)

    assignment = run.assignments.get()
    content = content_of(assignment.published)
    assert [prompt.source.replace("<p>", "").replace("</p>", "").strip() for prompt in content.prompts] == [
        "Describe it.",
        "Explain it.",
        "Judge it.",
    ]
    assert [(one.id, [level.points for level in one.levels]) for one in content.criteria] == [
        ("Ideas", [0, 5]),
        ("Words", [0, 3]),
    ]
    assert (assignment.opens_at, assignment.due_at) == (MONDAY, datetime(2026, 3, 16, 9, tzinfo=UTC))
    assert assignment.reviews_open_at == datetime(2026, 3, 16, 9, tzinfo=UTC)
    assert assignment.reviews_due_at == datetime(2026, 3, 23, 9, tzinfo=UTC)
    assert (assignment.reviews_to_give, assignment.reviews_to_get, assignment.flow) == (5, 3, ["peer", "self"])
    assert (assignment.out_of, assignment.outcome) == (8.0, "points")
    assert {"pdf", "png", "jpg"} < set(policy_of(content.files).endings)
