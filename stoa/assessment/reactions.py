"""What assessment does when one of its own scores changes."""

from stoa.assessment.actions.course_scores import follow_course_score
from stoa.assessment.events import ScoreChanged, WorkScoreChanged
from stoa.kernel.bus import when
from stoa.kernel.clock import now


@when(ScoreChanged)
def follow_quiz(fact: ScoreChanged) -> None:
    """The score of the run may have moved with that of a quiz."""
    follow_course_score(cause=fact, at=now())


@when(WorkScoreChanged)
def follow_work(fact: WorkScoreChanged) -> None:
    """The same for an assignment."""
    follow_course_score(cause=fact, at=now())
