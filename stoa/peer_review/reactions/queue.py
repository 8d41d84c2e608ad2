"""Work that is handed in enters the queue; work and people that go leave it."""

from stoa.accounts.events import Left
from stoa.courseware.events import Withdrew
from stoa.kernel.bus import when
from stoa.kernel.clock import now
from stoa.peer_review.actions.forgetting import forget_author, forget_reviewer, pause_reviewer
from stoa.peer_review.actions.queueing import enter_queue, leave_queue, take_new_version
from stoa.peer_review.events import HandedIn, WorkWithdrawn
from stoa.peer_review.models import Submission


@when(HandedIn)
def queue_work(fact: HandedIn) -> None:
    """The first version of work takes its place in the queue; a later one takes the place over."""
    submission = Submission.objects.get(pk=fact.submission_id)
    if fact.number == 1:
        enter_queue(submission=submission, at=fact.at)
    else:
        take_new_version(submission=submission, at=fact.at)


@when(WorkWithdrawn)
def release_work(fact: WorkWithdrawn) -> None:
    """Work that its author took back is read by nobody."""
    leave_queue(submission_id=fact.submission_id, at=fact.at)


@when(Withdrew)
def give_back_reserved(fact: Withdrew) -> None:
    """Who leaves a run reads nothing there any more; what they handed in keeps its promise."""
    pause_reviewer(person_id=fact.person_id, run_id=fact.run_id, at=now())


@when(Left)
def forget(fact: Left) -> None:
    """An account goes: reviews stay without a name."""
    forget_reviewer(person_id=fact.person_id, at=now())
    forget_author(person_id=fact.person_id, at=now())
