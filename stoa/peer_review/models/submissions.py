"""What learners hand in: submissions, their versions and files."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stoa.courseware.models import Enrolment
from stoa.peer_review.models.assignments import Assignment
from stoa.peer_review.models.teams import Team


class SubmittedFile(models.Model):
    """A file as readers get it: its name cleaned, what it told of its author taken out. Its bytes are in the store."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.SET_NULL, related_name="submitted_files")
    """Who uploaded it; None once they erased their account."""
    token = models.CharField(max_length=43, unique=True)
    """Names the file in signed addresses, and nothing else of it."""
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    """In bytes."""
    sha256 = models.CharField(max_length=64, db_index=True)
    """Of the bytes in the store."""
    unreadable = models.CharField(max_length=200, blank=True)
    """Why a reader may be unable to open it."""
    at = models.DateTimeField()


class Submissions(models.QuerySet["Submission"]):
    """Ways to speak of submissions."""

    def of(self, enrolment: Enrolment) -> "Submissions":
        """A learner's own, alone or in a team."""
        return self.filter(Q(enrolment=enrolment) | Q(team__members__enrolment=enrolment))


class Submission(models.Model):
    """Work of a learner or a team, with its promise. Changes asked for make a further round: a row of its own."""

    class State(models.TextChoices):
        """Where the work is on its way to a score."""

        SUBMITTED = "submitted", _("handed in")
        SCREEN = "screen", _("needs a look before it can be read")
        OPEN = "open", _("waiting for reviews")
        PROVISIONAL = "provisional", _("has reviews")
        URGENT = "urgent", _("read next")
        STAFF = "staff", _("with an instructor")
        INTEGRITY_HOLD = "integrity_hold", _("an instructor checks where it comes from")
        FINAL = "final", _("final")
        APPEAL = "appeal", _("appealed")
        REVIEWING = "reviewing", _("read again")
        NO_HARM = "no_harm", _("left out of the score")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Screen(models.TextChoices):
        """What a first look by the computer found."""

        PENDING = "pending", _("not looked at yet")
        CLEAR = "clear", _("can be read")
        BLANK = "blank", _("nothing in it")
        UNREADABLE = "unreadable", _("a file can't be opened")
        DUPLICATE = "duplicate", _("the same as other work")

    class Verdict(models.TextChoices):
        """What readers say of work that meets what was asked or needs changes."""

        MEETS = "meets", _("meets what was asked")
        NEEDS_CHANGES = "needs_changes", _("needs changes")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="submissions")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.SET_NULL, related_name="submissions")
    """Whose it is; None for a team's, and for who erased their account."""
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="submissions")
    token = models.CharField(max_length=43, unique=True)
    """Names the work in readers' addresses, and nothing of its author."""
    round = models.PositiveSmallIntegerField(default=1)
    """2 for the first one after changes were asked for, or after a withdrawal."""
    state = models.CharField(max_length=16, choices=State, default=State.SUBMITTED)
    on_time = models.BooleanField()
    submitted_at = models.DateTimeField()
    """Of the first hand-in: a later version restarts no clock."""
    t0 = models.DateTimeField()
    """When the promise began to run: at the hand-in, or when reviews opened."""
    promised_at = models.DateTimeField()
    """A score comes by then."""
    latest = models.PositiveIntegerField(default=1)
    """The number of the version that counts."""
    language = models.CharField(max_length=12, blank=True)
    """Of the latest version, a BCP 47 tag; empty while nobody could tell."""
    screen = models.CharField(max_length=12, choices=Screen, default=Screen.PENDING)
    cluster = models.CharField(max_length=64, blank=True)
    """Equal for works that are nearly the same; empty for work that is like no other."""
    verdict = models.CharField(max_length=16, choices=Verdict, blank=True)
    """Of final work, where the assignment says meets or needs changes."""
    erased_at = models.DateTimeField(null=True)
    """Its author erased their account: what they wrote is gone, the reviews that others gave are kept."""

    objects: ClassVar["models.Manager[Submission]"] = Submissions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "enrolment", "round"], name="one_submission_per_learner_and_round"
            ),
            models.UniqueConstraint(fields=["assignment", "team", "round"], name="one_submission_per_team_and_round"),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True) | Q(team__isnull=True), name="work_of_a_learner_or_of_a_team"
            ),
        ]
        indexes = [
            models.Index(fields=["assignment", "state", "t0"], name="submissions_waiting"),
            models.Index(fields=["cluster"], name="submissions_alike", condition=~Q(cluster="")),
        ]


class SubmissionVersion(models.Model):
    """What was handed in at one time. Never changed: reviews of an old version stay with it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    answers = models.JSONField(default=list)
    """[Markdown], one for each prompt, as typed."""
    html = models.JSONField(default=list)
    """[safe HTML], one for each answer."""
    code = models.TextField(blank=True)
    code_language = models.CharField(max_length=40, blank=True)
    links = ArrayField(models.CharField(max_length=2000), default=list)
    files = models.ManyToManyField(SubmittedFile, related_name="versions")
    words = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, db_index=True)
    """Equal for work that is the same but for spaces and capitals."""
    by = models.ForeignKey(Enrolment, null=True, on_delete=models.SET_NULL, related_name="+")
    """The member of the team who handed it in, or the learner."""
    at = models.DateTimeField()
    on_time = models.BooleanField()
    receipt = models.CharField(max_length=64)
    """Names this very hand-in: a double click carries the same one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="versions_of_work_are_numbered_once"),
            models.UniqueConstraint(fields=["submission", "receipt"], name="a_version_is_handed_in_once"),
        ]
