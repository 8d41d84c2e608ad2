"""How far a learner is."""

from stoa.courseware.models import Enrolment
from stoa.courseware.queries.outlines import outline_of
from stoa.courseware.rules.progress import Progress, progress


def progress_of(enrolment: Enrolment) -> Progress:
    """How far the learner is in what they chose to take."""
    chosen = frozenset(enrolment.chosen_modules.values_list("module_id", flat=True))
    done = frozenset(enrolment.completions.values_list("step_id", flat=True))
    return progress(outline_of(enrolment.run.version_id).without_hidden.of_modules(chosen), done)
