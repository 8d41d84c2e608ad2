"""What a learner has typed and not yet handed in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from stoa.courseware.models import Enrolment
from stoa.peer_review.models.assignments import Assignment
from stoa.peer_review.models.submissions import SubmittedFile


class _Writing(models.Model):
    """What stands in the fields of the form."""

    answers = models.JSONField(default=list)
    """[Markdown], one for each prompt, as typed."""
    code = models.TextField(blank=True)
    links = ArrayField(models.TextField(), default=list)
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True


class Draft(_Writing):
    """A learner's work in progress, each learner's own in a team too."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="drafts")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="drafts")
    files = models.ManyToManyField(SubmittedFile, related_name="drafts")
    revision = models.PositiveIntegerField(default=1)
    """Counts what was saved: a window that saves over another revision than it showed has that one kept."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "enrolment"], name="one_draft_per_learner_and_assignment")
        ]


class EarlierDraft(_Writing):
    """What another window had saved before this one wrote over it. It can be taken back."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="earlier")
    revision = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="an_earlier_draft_once")]
