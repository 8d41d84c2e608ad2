"""A submission's place in the queue: what allocation and the clock look at, kept where one lock covers it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stoa.peer_review.models.assignments import Assignment
from stoa.peer_review.models.submissions import Submission


class Places(models.QuerySet["Place"]):
    """Ways to speak of places."""

    def of_author(self, person_id: int) -> "Places":
        """Those of a person's own work, alone or in a team."""
        alone = Submission.objects.filter(enrolment__person=person_id).values("pk")
        together = Submission.objects.filter(team__members__enrolment__person=person_id).values("pk")
        return self.filter(pk__in=alone.union(together))


class Place(models.Model):
    """Where a submission stands. Every step that concerns it locks this row, and pulls choose by its indexes."""

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.CASCADE, related_name="place")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="places")
    authors = ArrayField(models.BigIntegerField())
    """Persons; empty once all of them erased their accounts."""
    state = models.CharField(max_length=16, choices=Submission.State)
    """The submission's, written with it."""
    readable = models.BooleanField(default=False)
    """Whether peers are given it."""
    since = models.DateTimeField()
    """When its clock began to run; time that it stood still is added."""
    on_time = models.BooleanField(default=True)
    credit = models.PositiveSmallIntegerField(default=0)
    """What its authors have given: 0 nothing, 1 some, 2 all of the reviews asked for."""
    done = models.PositiveSmallIntegerField(default=0)
    leased = models.PositiveSmallIntegerField(default=0)
    effective = models.GeneratedField(
        expression=F("done") + F("leased"), output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    language = models.CharField(max_length=12, blank=True)
    cluster = models.CharField(max_length=64, blank=True)
    has_strong = models.BooleanField(default=False)
    variance = models.FloatField(null=True)
    half_width = models.FloatField(null=True)
    near_line = models.BooleanField(default=False)
    spread = models.FloatField(default=0)
    """Between the highest and the lowest mark, in points of 100."""
    climbed = models.PositiveSmallIntegerField(default=0)
    """The highest rung of the ladder taken so far."""
    look_at = models.DateTimeField(null=True)
    """When the clock must look at it next."""
    paused_at = models.DateTimeField(null=True)
    """Since when its clock stands still."""
    paused_before = models.BooleanField(default=False)
    """A work that can't be opened stops the clock once."""
    staff_read = models.BooleanField(default=False)
    final_at = models.DateTimeField(null=True)

    objects: ClassVar["models.Manager[Place]"] = Places.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(credit__lte=2), name="a_credit_is_none_some_or_all"),
        ]
        indexes = [
            models.Index(
                fields=["assignment", "credit", "on_time", "effective", "since", "submission"],
                name="places_by_shelf",
                condition=Q(readable=True),
            ),
            models.Index(fields=["assignment", "-variance"], name="places_uncertain", condition=Q(half_width__gt=8)),
            models.Index(fields=["look_at"], name="places_to_look_at", condition=Q(look_at__isnull=False)),
            models.Index(fields=["assignment", "state"], name="places_by_state"),
        ]


class Pulse(models.Model):
    """How an assignment stands, measured by the clock each minute."""

    assignment = models.OneToOneField(Assignment, primary_key=True, on_delete=models.CASCADE, related_name="pulse")
    backlog = models.BooleanField(default=False)
    unread = models.PositiveIntegerField(default=0)
    """Works that have neither a review nor a reader."""
    completed = models.PositiveIntegerField(default=0)
    """Reviews of the last day of the ladder."""
    projected_staff_reads = models.PositiveIntegerField(default=0)
    staff_cap = models.PositiveIntegerField(null=True, blank=True)
    """The most works that staff can read; None: two of a hundred, and ten at least."""
    alarmed_at = models.DateTimeField(null=True)
    """When the responsible person was told that staff will not be enough; None while they are."""
    given = models.PositiveSmallIntegerField(default=3)
    """Reviews asked for of each author when credits were counted last."""
    at = models.DateTimeField()


class Waiver(models.Model):
    """Reviews that a learner could not give, because there was nothing left to read: they count as given."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="waivers")
    person_id = models.BigIntegerField()
    reviews = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "person_id"], name="one_waiver_per_learner_and_assignment")
        ]
