"""Reviews: reserved, written, counted; what they say of each criterion, and what their authors' readers say of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stoa.peer_review.models.assignments import Assignment
from stoa.peer_review.models.submissions import Submission


class Review(models.Model):
    """One person's review of one submission, from the moment it was reserved."""

    class State(models.TextChoices):
        """Where a review is."""

        RESERVED = "reserved", _("being written")
        SUBMITTED = "submitted", _("handed in")
        ACCEPTED = "accepted", _("counts")
        DOWNWEIGHTED = "downweighted", _("counts less")
        VOID = "void", _("set aside by staff")
        EXPIRED = "expired", _("time ran out")
        DECLINED = "declined", _("given back")
        RELEASED = "released", _("no longer needed")

    class Role(models.TextChoices):
        """In which role somebody reviews."""

        PEER = "peer", _("peer")
        VOLUNTEER = "volunteer", _("volunteer")
        STAFF = "staff", _("instructor")

    class Reason(models.TextChoices):
        """Why a review was given back."""

        CONFLICT = "conflict", _("I know whose work this is")
        UNREADABLE = "unreadable", _("I can't open it")
        LANGUAGE = "language", _("I don't read this language well enough")
        COPIED = "copied", _("It seems to be copied")
        OFFENSIVE = "offensive", _("It is offensive")
        NO_TIME = "no_time", _("I have no time now")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="reviews")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="peer_reviews"
    )
    """None once they erased their account: the review stays."""
    role = models.CharField(max_length=12, choices=Role, default=Role.PEER)
    token = models.CharField(max_length=43, unique=True)
    """Names the review in addresses, and nothing of author or reviewer."""
    version = models.PositiveIntegerField(default=1)
    """The number of the version that is read."""
    state = models.CharField(max_length=12, choices=State, default=State.RESERVED)
    taken_at = models.DateTimeField()
    lease_until = models.DateTimeField()
    draft = models.JSONField(default=dict)
    """What was typed so far: {criterion id: {"level": id, "comment": text}}, and "" for the overall comment."""
    draft_saved_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)
    """How long the page was in front."""
    comment = models.TextField(blank=True)
    """What it says of the work as a whole."""
    points = models.FloatField(null=True)
    """Of 100; None where nothing is scored."""
    weight = models.FloatField(default=1)
    """How far behaviour shows care, 0 to 1."""
    credited = models.BooleanField(default=True)
    """Whether it counts as one of the reviews that its reviewer was asked for."""
    hidden_for = models.CharField(max_length=200, blank=True)
    """Why the author does not see its comments until staff have looked."""
    submitted_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    note = models.CharField(max_length=500, blank=True)
    """In the reviewer's own words, why it was given back."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "reviewer"], name="one_review_per_reviewer_and_submission"),
            models.UniqueConstraint(
                fields=["assignment", "reviewer"],
                condition=Q(state="reserved") & ~Q(role="staff"),
                name="one_reserved_review_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0, points__lte=100), name="points_are_of_100"
            ),
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=1), name="a_weight_is_between_0_and_1"),
        ]
        indexes = [
            models.Index(fields=["lease_until"], name="reviews_reserved", condition=Q(state="reserved")),
            models.Index(fields=["assignment", "submitted_at"], name="reviews_by_time"),
        ]


class CriterionMark(models.Model):
    """What a review says of one criterion. Criterion and level are ids of the rubric as it was then."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    criterion_id = models.CharField(max_length=120)
    level_id = models.CharField(max_length=120, blank=True)
    points = models.FloatField(null=True)
    out_of = models.FloatField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "criterion_id"], name="one_mark_per_criterion")]


class ReviewRating(models.Model):
    """What an author says of the comments of a review, before seeing any mark."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="rating")
    helpful = models.PositiveSmallIntegerField()
    specific = models.PositiveSmallIntegerField()
    respectful = models.PositiveSmallIntegerField()
    """Each 1 to 5."""
    report = models.CharField(max_length=500, blank=True)
    """What is wrong with the comments; staff read it."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(helpful__range=(1, 5), specific__range=(1, 5), respectful__range=(1, 5)),
                name="a_rating_is_between_1_and_5",
            )
        ]
