"""A run that opens or changes is described to the log."""

from stoa.catalogue.events import CoursePublished, RunMoved, RunOpened
from stoa.catalogue.models import Run
from stoa.insights.actions import describe_run, tell_roles
from stoa.kernel.bus import afterwards, when
from stoa.kernel.clock import now


@when(RunOpened)
def describe_new_run(fact: RunOpened) -> None:
    """A new run says what it is and who gives it."""
    describe_run(run_id=fact.run_id, at=now())
    tell_roles(course_id=Run.objects.values_list("course_id", flat=True).get(pk=fact.run_id))


@when(RunMoved)
def describe_moved_run(fact: RunMoved) -> None:
    """A run with another version has other blocks."""
    describe_run(run_id=fact.run_id, at=fact.at)


@afterwards(CoursePublished)
def describe_again(fact: CoursePublished) -> None:
    """The title or the subject may have changed for all runs of the course."""
    for run_id in Run.objects.filter(course=fact.course_id).values_list("pk", flat=True):
        describe_run(run_id=run_id, at=now())
