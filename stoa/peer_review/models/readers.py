"""Who helps to read, and who is kept apart."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stoa.catalogue.models import Course


class Volunteer(models.Model):
    """A person who agreed to read work of a course that waits: mentor, alumna, learner of another run."""

    class Kind(models.TextChoices):
        """Where the person comes from."""

        MENTOR = "mentor", _("mentor")
        ALUMNI = "alumni", _("finished the course before")
        OTHER_RUN = "other_run", _("learns in another run")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="volunteers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="volunteers")
    kind = models.CharField(max_length=12, choices=Kind)
    agreed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    """When the last mail asked for help: once a day at the most."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="one_consent_per_volunteer_and_course")
        ]


class Conflict(models.Model):
    """Two people who must not review each other: declared by one of them, by staff, or a block."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="a_conflict_is_declared_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_conflicts_with_themselves"),
        ]
