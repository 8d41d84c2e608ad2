"""A run that opens or moves to another version gives the assignments of its version."""

from stoa.catalogue.events import InstructorNamed, RunMoved, RunOpened
from stoa.catalogue.models import Run
from stoa.kernel.bus import when
from stoa.kernel.clock import now
from stoa.peer_review.actions.laying_out import give_in_run, name_responsible


@when(RunOpened)
def give_assignments(fact: RunOpened) -> None:
    """A new run has the assignments of its version."""
    give_in_run(run=Run.objects.get(pk=fact.run_id), at=now())


@when(RunMoved)
def bring_up_assignments(fact: RunMoved) -> None:
    """A run that moves has those of the new version; the work stays."""
    give_in_run(run=Run.objects.get(pk=fact.run_id), at=fact.at)


@when(InstructorNamed)
def answer_for_assignments(fact: InstructorNamed) -> None:
    """Assignments that nobody answers for are the new instructor's."""
    name_responsible(course_id=fact.course_id, person_id=fact.person_id)
