"""Readings of appealed work by peers who know nothing of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stoa.peer_review.models.scores import Appeal


class FreshReading(models.Model):
    """A steady reader's look at appealed work, from the moment it was reserved. Estimates don't count it."""

    class State(models.TextChoices):
        """Where a fresh reading is."""

        RESERVED = "reserved", _("being read")
        GIVEN = "given", _("handed in")
        DECLINED = "declined", _("given back")
        EXPIRED = "expired", _("time ran out")
        RELEASED = "released", _("no longer needed")

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="fresh_readings"
    )
    token = models.CharField(max_length=43, unique=True)
    """Names the reading in addresses, and nothing of author or reader."""
    state = models.CharField(max_length=12, choices=State, default=State.RESERVED)
    taken_at = models.DateTimeField()
    lease_until = models.DateTimeField()
    levels = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    overall = models.TextField(blank=True)
    points = models.FloatField(null=True)
    """Of 100."""
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "reader"], name="one_fresh_reading_per_reader_and_appeal"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0, points__lte=100), name="fresh_points_are_of_100"
            ),
        ]
