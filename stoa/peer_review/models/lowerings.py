"""Final scores that staff lowered, the one way in which one can fall."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stoa.peer_review.models.submissions import Submission


class Lowering(models.Model):
    """Staff lowered a final score, because the work is not its author's own. Its author reads the reason."""

    class Kind(models.TextChoices):
        """What was found. To judge the work differently is no reason."""

        COPIED = "copied", _("It is copied from somebody else's work")
        NOT_OWN = "not_own", _("Somebody or something else made it")
        REVIEWS = "reviews", _("Its reviews were agreed on or bought")

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.CASCADE, related_name="lowering")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=500)
    """What was found, and where: its author reads it."""
    before = models.FloatField()
    after = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(after__gte=0, after__lt=models.F("before")), name="a_lowering_lowers"),
        ]
