"""What insights keeps in the site's database: what was asked and answered, and what the log was told already."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

# Rooms below are named by their labels here: dashboards without a site load this room too.
ENROLMENT, RUN = "courseware.Enrolment", "catalogue.Run"


class Asking(models.Model):
    """A learner is asked something about a run, once. It ends when they have answered, or would rather not."""

    enrolment = models.ForeignKey(ENROLMENT, on_delete=models.CASCADE, related_name="askings")
    survey = models.CharField(max_length=20)
    at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, blank=True)
    """How the run had ended for them when they were asked about the way out: a value of `Ended`."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "survey"], name="a_survey_is_asked_once_per_run")]


class Answer(models.Model):
    """What a learner answered to one question about a run; it can be changed and deleted."""

    enrolment = models.ForeignKey(ENROLMENT, on_delete=models.CASCADE, related_name="answers")
    survey = models.CharField(max_length=20)
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=1000)
    """A value of the choice; for the question `words` what the learner wrote, which the log never gets."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "survey", "question"], name="one_answer_per_question")
        ]


class Description(models.Model):
    """What the log was last told about a run; where the run reads otherwise now, it is told again."""

    run = models.OneToOneField(RUN, primary_key=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()


class ToldRole(models.Model):
    """A role in a run's team that the log knows of."""

    run = models.ForeignKey(RUN, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person", "role"], name="a_role_is_told_once")]


class MediaWarning(models.Model):
    """Staff were told that MOOC videos fail in a country: so many of so many tries; it lasts until they work again."""

    country = models.CharField(max_length=8)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failed = models.PositiveIntegerField()
    tried = models.PositiveIntegerField()
    courses = ArrayField(models.CharField(max_length=255), default=list)
    """The keys of the runs in which they failed when it began."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country"], condition=models.Q(ended_at=None), name="one_open_warning_per_country"
            )
        ]


class ResearchAccess(models.Model):
    """Staff let a researcher see cells of five people and more, for a reason that is kept."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="research_access")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
