"""When learners are asked: on the way in, and once they are through."""

from django.db.models import Q

from stoa.catalogue.models import Run
from stoa.courseware.events import Enrolled, Fulfilled, RunChanged, RunFact, StepCompleted, TakenUpAgain
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import module_records, outline_of, progress, progress_of
from stoa.insights.actions import ask, keep, move_answers
from stoa.insights.models import Answer
from stoa.insights.rules.surveys import DONE, REASON, Ended, Survey
from stoa.kernel.bus import when
from stoa.kernel.clock import now


@when(Enrolled)
def ask_on_the_way_in(fact: Enrolled) -> None:
    """What do you want from this course? Those who give it are not asked."""
    if not _gives(fact):
        ask(enrolment=_enrolment(fact), survey=Survey.ENROLMENT, at=now())


@when(StepCompleted)
def ask_whoever_is_through(fact: StepCompleted) -> None:
    """All steps are done: how was it?"""
    enrolment = _enrolment(fact)
    done = frozenset(enrolment.completions.values_list("step_id", flat=True))
    outline = outline_of(enrolment.run.version_id).without_hidden
    # Nobody is through without a whole module; most learners of most days need no further look.
    whole = any(record.progress.finished for record in module_records(outline, done))
    if whole and (progress(outline, done).finished or progress_of(enrolment).finished):
        _ask_on_the_way_out(fact, enrolment, Ended.COMPLETED)


@when(Fulfilled)
def ask_whoever_has_enough(fact: Fulfilled) -> None:
    """They said why they stop, in so many words: they have what they wanted. How was it?"""
    enrolment = _enrolment(fact)
    if _ask_on_the_way_out(fact, enrolment, Ended.ENOUGH):
        keep(enrolment=enrolment, survey=Survey.EXIT, said={REASON: DONE}, at=now())


@when(TakenUpAgain)
def forget_that_it_was_enough(fact: TakenUpAgain) -> None:
    """They go on: what they said by stopping is taken back."""
    enrolment = _enrolment(fact)
    if Answer.objects.filter(enrolment=enrolment, survey=Survey.EXIT, question=REASON, answer=DONE).exists():
        keep(enrolment=enrolment, survey=Survey.EXIT, said={REASON: ""}, at=now())


@when(RunChanged)
def take_answers_along(fact: RunChanged) -> None:
    """What they said goes with them."""
    enrolment = _enrolment(fact)
    run = Run.objects.select_related("course__organisation").get(pk=fact.left_run_id)
    move_answers(enrolment=enrolment, left=Enrolment(pk=enrolment.pk, person_id=enrolment.person_id, run=run))


def _ask_on_the_way_out(fact: RunFact, enrolment: Enrolment, ended: Ended) -> bool:
    """Ask, unless they give the course or were asked before; whether they are learners of it."""
    if _gives(fact):
        return False
    ask(enrolment=enrolment, survey=Survey.EXIT, at=now(), ended=ended)
    return True


def _enrolment(fact: RunFact) -> Enrolment:
    return Enrolment.objects.select_related("run__course__organisation").get(pk=fact.enrolment_id)


def _gives(fact: RunFact) -> bool:
    """Whether the learner belongs to the team of the run."""
    team = Q(course__teaching__person=fact.person_id) | Q(course__organisation__staff__person=fact.person_id)
    return Run.objects.filter(team, pk=fact.run_id).exists()
