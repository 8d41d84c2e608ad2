"""Assignments as published, and as given in a run: their dates, who reads the work, who answers for it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stoa.catalogue.models import CourseVersion, Run
from stoa.courseware.models import Enrolment


class PublishedAssignment(models.Model):
    """An assignment as published: its texts rendered once, its rubric, its place in the course."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="assignments")
    item_id = models.CharField(max_length=120)
    step_id = models.CharField(max_length=120)
    lesson_id = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    score_part = models.CharField(max_length=200, blank=True)
    """The part of the score scheme that it counts for."""
    hidden = models.BooleanField(default=False)
    title = models.CharField(max_length=300)
    content = models.TextField()
    """Canonical JSON of the assignment with rendered texts."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "item_id"], name="an_assignment_once_per_version")]


class Assignments(models.QuerySet["Assignment"]):
    """Ways to speak of assignments."""

    def in_course(self) -> "Assignments":
        """Those that the version which learners see still has."""
        return self.filter(left_course_at__isnull=True)


class Assignment(models.Model):
    """An assignment in a run. It hangs on the item's id: when the course moves on, no work is lost."""

    class Outcome(models.TextChoices):
        """What the readers' judgement becomes."""

        POINTS = "points", _("a score")
        FEEDBACK = "feedback", _("feedback only")
        MEETS = "meets", _("meets or needs changes")

    class Late(models.TextChoices):
        """What happens to work that comes after deadline and grace."""

        REFUSED = "refused", _("not accepted")
        ACCEPTED = "accepted", _("accepted, read after the work that was on time")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="assignments")
    item_id = models.CharField(max_length=120)
    published = models.ForeignKey(PublishedAssignment, on_delete=models.PROTECT, related_name="+")
    """The texts and the rubric that learners see now."""
    left_course_at = models.DateTimeField(null=True, blank=True)
    """Since when the course is without it: nothing new is handed in, what was keeps its promise."""
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveIntegerField(default=0)
    """Work that comes so much after the deadline still counts as on time."""
    reviews_open_at = models.DateTimeField(null=True, blank=True)
    """None: work is read as soon as it is handed in."""
    reviews_due_at = models.DateTimeField(null=True, blank=True)
    """None: some days after each learner's own hand-in."""
    promise_days = models.PositiveSmallIntegerField(default=7)
    """A score comes within so many days of the hand-in, or of the opening of reviews where that is later."""
    reviews_to_give = models.PositiveSmallIntegerField(default=3)
    reviews_to_get = models.PositiveSmallIntegerField(default=3)
    flow = ArrayField(models.CharField(max_length=12), default=list)
    """Who reads the work, in order: training, peer, self, staff."""
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.POINTS)
    teams = models.BooleanField(default=False)
    team_size = models.PositiveSmallIntegerField(default=4)
    """The most members of a team."""
    late = models.CharField(max_length=12, choices=Late, default=Late.REFUSED)
    late_days = models.PositiveSmallIntegerField(default=7)
    """How long late work is accepted, where it is."""
    late_penalty = models.PositiveSmallIntegerField(default=0)
    """Points of 100 that each day begun costs late work."""
    out_of = models.FloatField(default=0)
    """The points of the best levels together; 0 where nothing is scored."""
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who answers for every piece of work getting its score by the promised date."""
    set_by_hand = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    """Settings that an instructor changed for this run: a new version of the course leaves them alone."""

    objects: ClassVar["models.Manager[Assignment]"] = Assignments.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "item_id"], name="an_assignment_once_per_run"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(due_at__isnull=True) | Q(due_at__gt=F("opens_at")),
                name="an_assignment_is_due_after_it_opens",
            ),
            models.CheckConstraint(condition=Q(promise_days__gte=1), name="a_promise_takes_a_day_at_least"),
            models.CheckConstraint(condition=Q(late_penalty__lte=100), name="a_penalty_is_at_most_all"),
            models.CheckConstraint(condition=Q(team_size__gte=1), name="a_team_has_members"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.item_id}"


class DeadlineExtension(models.Model):
    """A later deadline for one learner."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="deadline_extensions")
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "enrolment"], name="one_extension_per_learner_and_assignment")
        ]
