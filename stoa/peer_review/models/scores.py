"""Scores, what staff read, appeals, and the record of everything that happened."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stoa.peer_review.models.assignments import Assignment
from stoa.peer_review.models.reviews import Review
from stoa.peer_review.models.submissions import Submission


class Score(models.Model):
    """The score of a submission, in points of 100. Once final it never falls by itself."""

    class Method(models.TextChoices):
        """How the score came about."""

        ESTIMATE = "estimate", _("estimated from the reviews")
        MEAN = "mean", _("the mean of the reviews")
        STAFF = "staff", _("given by an instructor")
        FRESH = "fresh", _("read anew by two peers")

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.CASCADE, related_name="score")
    points = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    variance = models.FloatField(null=True)
    reviews = models.PositiveIntegerField()
    method = models.CharField(max_length=12, choices=Method)
    at = models.DateTimeField()
    final_at = models.DateTimeField(null=True)
    """None while it is provisional."""
    explanation = models.JSONField(null=True)
    """How it came about and what would change it: `rules.scoring.explanation`, made with the estimate."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=100, low__lte=models.F("high")), name="a_score_is_of_100"
            )
        ]
        indexes = [
            models.Index(
                fields=["final_at"],
                name="final_scores_unexplained",
                condition=Q(final_at__isnull=False, explanation__isnull=True),
            )
        ]


class Anchor(models.Model):
    """A score by staff that teaches the estimator."""

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.CASCADE, related_name="anchor")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="anchors")
    points = models.FloatField()
    at_random = models.BooleanField(default=False)
    """Picked by chance, so that it tells how lenient all reviewers are together."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="an_anchor_is_of_100")]


class StaffRead(models.Model):
    """A submission that staff are asked to read, and why."""

    class Reason(models.TextChoices):
        """Why staff are asked."""

        UNREAD = "unread", _("nobody has reviewed it")
        APART = "apart", _("its reviews disagree")
        APPEAL = "appeal", _("its author appealed")
        ANCHOR = "anchor", _("picked by chance, to see how lenient reviewers are")
        COPY = "copy", _("it is nearly the same as other work")
        REPORT = "report", _("somebody reported it")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="staff_reads")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="staff_reads")
    reason = models.CharField(max_length=12, choices=Reason)
    contributor = models.BooleanField(default=False)
    """The author gave all the reviews asked for: read first."""
    on_time = models.BooleanField(default=True)
    due_at = models.DateTimeField()
    since = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    """When staff had read it, or when it was no longer needed."""
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who read it; None where a peer was faster."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "reason"],
                condition=Q(settled_at__isnull=True),
                name="staff_are_asked_once_for_a_reason",
            )
        ]
        indexes = [
            models.Index(
                fields=["assignment", "-contributor", "-on_time", "due_at"],
                name="staff_queue",
                condition=Q(settled_at__isnull=True),
            )
        ]


class Appeal(models.Model):
    """An author's objection to a score, tied to one criterion: one for each submission, and never to their harm."""

    class AnsweredBy(models.TextChoices):
        """Who read the work anew."""

        STAFF = "staff", _("an instructor")
        PEERS = "peers", _("two peers who had not seen it")

    submission = models.OneToOneField(Submission, primary_key=True, on_delete=models.CASCADE, related_name="appeal")
    criterion_id = models.CharField(max_length=120)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    before = models.FloatField()
    """The score that it was about."""
    found = models.FloatField(null=True)
    """What the fresh reading gave."""
    settled_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=8, choices=AnsweredBy, blank=True)
    answer = models.TextField(blank=True)
    peers_until = models.DateTimeField(null=True)
    """Until then two peers may answer it; None where only staff can."""

    class Meta:
        indexes = [
            models.Index(
                fields=["peers_until"],
                name="appeals_with_peers",
                condition=Q(settled_at__isnull=True, peers_until__isnull=False),
            )
        ]


class Transition(models.Model):
    """Something that happened to a submission or a review. Rows are only ever added; a trigger sees to that."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="transitions")
    review = models.ForeignKey(Review, null=True, on_delete=models.CASCADE, related_name="transitions")
    what = models.CharField(max_length=20)
    """`state`, `review`, `rung` or `score`."""
    was = models.CharField(max_length=20, blank=True)
    became = models.CharField(max_length=20)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """None: the clock."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["submission", "at"], name="what_happened_to_a_submission")]
