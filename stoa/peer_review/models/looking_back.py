"""What learners judge before and beside reviewing their peers: the instructor's examples, and their own work."""

from django.db import models

from stoa.courseware.models import Enrolment
from stoa.peer_review.models.assignments import Assignment
from stoa.peer_review.models.submissions import Submission


class Calibration(models.Model):
    """The levels that a learner chose for one of the instructor's examples, before they saw the instructor's."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="calibrations")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="calibrations")
    example = models.PositiveSmallIntegerField()
    """Its place among the examples of the assignment, from 0."""
    levels = models.JSONField()
    """Criterion to level, by their ids."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "enrolment", "example"], name="one_calibration_per_learner_and_example"
            )
        ]


class SelfReview(models.Model):
    """What a learner says of their own work. It is shown beside the score and never counts for it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="self_reviews")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="self_reviews")
    levels = models.JSONField()
    """Criterion to level, by their ids."""
    comments = models.JSONField(default=dict)
    """Criterion to words."""
    overall = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "enrolment"], name="one_self_review_per_author_and_work")
        ]
