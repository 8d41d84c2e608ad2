"""What the estimator found of an assignment and of each reviewer."""

from django.conf import settings
from django.db import models

from stoa.peer_review.models.assignments import Assignment


class Estimation(models.Model):
    """The latest estimate of an assignment's scores."""

    assignment = models.OneToOneField(Assignment, primary_key=True, on_delete=models.CASCADE, related_name="estimation")
    at = models.DateTimeField()
    """Reviews and anchors up to here went into it."""
    model = models.JSONField()
    """What the reviews as a whole say: `rules.scoring.values.Model`."""


class Marking(models.Model):
    """What an assignment taught about how somebody marks. Later assignments of the course start from it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="markings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="markings")
    bias = models.FloatField()
    """Points of 100 marked too high; too low where negative."""
    bias_variance = models.FloatField()
    shape = models.FloatField()
    """The precision of the marks' noise is Gamma(shape, rate)."""
    rate = models.FloatField()
    reviews = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "person"], name="one_marking_per_person_and_assignment"),
            models.CheckConstraint(
                condition=models.Q(bias_variance__gt=0, shape__gt=0, rate__gt=0), name="a_marking_has_variances"
            ),
        ]
