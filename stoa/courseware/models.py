"""Who learns what, and how far they are."""

from django.conf import settings
from django.db import models

from stoa.catalogue.models import CourseVersion, Run


class PublishedStep(models.Model):
    """A step as published: rendered once, the same for every learner."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="steps")
    step_id = models.CharField(max_length=120)
    lesson_id = models.CharField(max_length=120)
    module_id = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    """Its main item's kind, for the outline's icon."""
    minutes = models.FloatField(default=0)
    sample = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    parts = models.JSONField()
    """[{item, kind, title, html, data}] in order."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "step_id"], name="a_step_once_per_version"),
            models.UniqueConstraint(fields=["version", "position"], name="one_step_per_position"),
        ]


class Enrolment(models.Model):
    """A learner in a run."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="enrolments")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "run"], name="one_enrolment_per_person_and_run")]


class Withdrawal(models.Model):
    """A learner left a run. Nothing of theirs is lost: coming back deletes this row."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="withdrawal")
    at = models.DateTimeField()


class StepCompletion(models.Model):
    """A learner has done a step."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="completions")
    step_id = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "step_id"], name="a_step_is_done_once")]
