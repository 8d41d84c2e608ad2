"""What every fact about an enrolment says."""

from typing import TypedDict

from stoa.courseware.models import Enrolment


class EnrolmentWords(TypedDict):
    """Whose enrolment it is, and where."""

    enrolment_id: int
    person_id: int
    run_id: int
    organisation: str
    course: str
    run: str


def of_enrolment(enrolment: Enrolment) -> EnrolmentWords:
    """The words that every fact of courseware begins with."""
    run = enrolment.run
    return {
        "enrolment_id": enrolment.pk,
        "person_id": enrolment.person_id,
        "run_id": run.pk,
        "organisation": run.course.organisation.slug,
        "course": run.course.code,
        "run": run.code,
    }
