"""Quizzes as published, what learners wrote and handed in, and what it earned."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from stoa.catalogue.models import CourseVersion, Run
from stoa.courseware.models import Enrolment


class PublishedQuiz(models.Model):
    """A quiz as published: its texts rendered once, its place in the course."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="quizzes")
    item_id = models.CharField(max_length=120)
    step_id = models.CharField(max_length=120)
    lesson_id = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    score_part = models.CharField(max_length=200, blank=True)
    """The part of the score scheme that it counts for."""
    due = models.DateTimeField(null=True)
    hidden = models.BooleanField(default=False)
    pool_id = models.CharField(max_length=120, blank=True)
    content = models.TextField()
    """Canonical JSON of the quiz with rendered texts and its key. It never leaves the server whole."""

    class Meta:
        verbose_name_plural = "published quizzes"
        constraints = [models.UniqueConstraint(fields=["version", "item_id"], name="a_quiz_once_per_version")]


class PublishedPool(models.Model):
    """Items of which each learner gets some."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="pools")
    pool_id = models.CharField(max_length=120)
    draw = models.PositiveIntegerField(null=True)
    item_ids = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "pool_id"], name="a_pool_once_per_version")]


class PublishedWork(models.Model):
    """An assignment that earns points: another room has it read, and says what it earned."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="scored_works")
    item_id = models.CharField(max_length=120)
    lesson_id = models.CharField(max_length=120)
    score_part = models.CharField(max_length=200, blank=True)
    out_of = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "item_id"], name="a_scored_work_once_per_version")]


class PublishedScheme(models.Model):
    """How the scores of a version add up."""

    version = models.OneToOneField(
        CourseVersion, primary_key=True, on_delete=models.CASCADE, related_name="score_scheme"
    )
    content = models.TextField()
    """Canonical JSON of the ScoreScheme."""


class Attempt(models.Model):
    """Answers handed in, and what they earned then. Never changed."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    item_id = models.CharField(max_length=120)
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    allowed = models.PositiveIntegerField(null=True)
    """Attempts that the quiz allowed then."""
    answers = models.JSONField()
    results = models.JSONField()
    """[{part, verdict, earned, points, feedback}] in the order of the parts."""
    earned = models.FloatField()
    out_of = models.FloatField()
    share = models.FloatField()
    """What was earned of what could be, 0 to 1."""
    at = models.DateTimeField()
    receipt = models.CharField(max_length=64)
    """Names this very hand-in: a double click carries the same one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item_id", "number"], name="attempts_are_numbered_once"),
            models.UniqueConstraint(fields=["enrolment", "item_id", "receipt"], name="a_hand_in_counts_once"),
            models.CheckConstraint(
                condition=Q(allowed__isnull=True) | Q(number__lte=F("allowed")), name="no_attempt_beyond_the_allowed"
            ),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="a_share_is_between_0_and_1"),
        ]
        indexes = [models.Index(fields=["version", "item_id"], name="attempts_at_a_quiz")]


class Sheet(models.Model):
    """A learner's answer sheet for a quiz: the draft, the attempts made, and the score that counts.

    It hangs on the item's id, not on a version: when the course moves on, nothing of it is lost.
    Every attempt locks it.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="sheets")
    item_id = models.CharField(max_length=120)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    """None while nothing was typed since the last attempt."""
    hints = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    """Of the running attempt, where time is limited."""
    attempts = models.PositiveIntegerField(default=0)
    best = models.FloatField(null=True)
    """The share that counts, 0 to 1; None before the first attempt."""
    latest = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="+")
    rescored_for = models.CharField(max_length=500, blank=True)
    """Why the score is not what the attempts say."""
    left_out = models.BooleanField(default=False)
    """It counts for nothing, neither earned nor missing: work that nobody could read in time."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item_id"], name="one_sheet_per_learner_and_quiz"),
            models.CheckConstraint(condition=Q(best__gte=0, best__lte=1), name="a_best_is_between_0_and_1"),
        ]


class TimeExtension(models.Model):
    """More minutes for one learner, in one quiz or, where none is named, in all of the run."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="time_extensions")
    item_id = models.CharField(max_length=120, blank=True)
    minutes = models.FloatField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item_id"], name="one_extension_per_learner_and_quiz"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="an_extension_is_longer_than_nothing"),
        ]


class Rescoring(models.Model):
    """Somebody had the attempts at a quiz scored again by the key of a version, and said why."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rescorings")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    item_id = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    lowering = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class RescoredSheet(models.Model):
    """A score that a rescoring changed, or would have lowered."""

    rescoring = models.ForeignKey(Rescoring, on_delete=models.CASCADE, related_name="sheets")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rescorings")
    before = models.FloatField()
    by_key = models.FloatField()
    """What the new key gives."""
    after = models.FloatField()
    """What counts."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rescoring", "sheet"], name="a_sheet_once_per_rescoring")]


class Vote(models.Model):
    """How many learners of a run gave an answer in a poll, a survey or a word cloud."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="votes")
    item_id = models.CharField(max_length=120)
    part_id = models.CharField(max_length=120)
    answer = models.CharField(max_length=120)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "item_id", "part_id", "answer"], name="one_count_per_answer")
        ]


class CourseScore(models.Model):
    """What a learner has earned in a run so far, as upper rooms and the log were last told."""

    enrolment = models.OneToOneField(Enrolment, primary_key=True, on_delete=models.CASCADE, related_name="course_score")
    share = models.FloatField()
    passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="a_course_score_is_between_0_and_1")
        ]
