"""Who learns what, and how far they are."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from stoa.catalogue.models import CourseVersion, Run
from stoa.courseware.rules.notebooks import clock


class PublishedStep(models.Model):
    """A step as published: rendered once, the same for every learner."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="steps")
    step_id = models.CharField(max_length=120)
    lesson_id = models.CharField(max_length=120)
    lesson_title = models.CharField(max_length=300, blank=True)
    module_id = models.CharField(max_length=120)
    module_title = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    """Its main item's kind, for the outline's icon."""
    minutes = models.FloatField(default=0)
    sample = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    opens = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=32, blank=True)
    """Equal where nothing that a learner sees has changed between two versions."""
    parts = models.JSONField()
    """[{item_id, kind, title, html, data}] in order."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "step_id"], name="a_step_once_per_version"),
            models.UniqueConstraint(fields=["version", "position"], name="one_step_per_position"),
        ]


class Enrolment(models.Model):
    """A learner in a run."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="enrolments")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "run"], name="one_enrolment_per_person_and_run")]


class Withdrawal(models.Model):
    """A learner left a run. Nothing of theirs is lost: coming back deletes this row."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="withdrawal")
    at = models.DateTimeField()


class ChosenModule(models.Model):
    """A learner takes only some modules: one row each. No row means the whole course."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="chosen_modules")
    module_id = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "module_id"], name="a_module_is_chosen_once")]


class StepCompletion(models.Model):
    """A learner has done a step, in the state that the version had."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="completions")
    step_id = models.CharField(max_length=120)
    at = models.DateTimeField()
    version = models.ForeignKey(CourseVersion, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "step_id"], name="a_step_is_done_once")]


class Bookmark(models.Model):
    """The step that a learner had open last."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="bookmark")
    step_id = models.CharField(max_length=120)
    at = models.DateTimeField()


class VideoPosition(models.Model):
    """Where a learner stopped in a MOOC video."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="positions")
    item_id = models.CharField(max_length=120)
    seconds = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item_id"], name="one_position_per_video"),
            models.CheckConstraint(condition=Q(seconds__gte=0), name="a_position_is_not_negative"),
        ]


class Note(models.Model):
    """A learner's own words at a step, or at a moment of its video. Only its writer reads it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes")
    step_id = models.CharField(max_length=120)
    step_title = models.CharField(max_length=300)
    """As it was called then: the step may leave the course, the note stays."""
    seconds = models.PositiveIntegerField(null=True)
    text = models.TextField()
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["enrolment", "step_id"], name="notes_of_a_step")]

    @property
    def time(self) -> str:
        """The moment of the video, as a player shows it."""
        return "" if self.seconds is None else clock(self.seconds)


class Opinion(models.Model):
    """Whether a step helped."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="opinions")
    step_id = models.CharField(max_length=120)
    helpful = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "step_id"], name="one_opinion_per_step")]


class ProblemReport(models.Model):
    """Something wrong at a step, in a reader's words."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="problem_reports")
    step_id = models.CharField(max_length=120)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()


class Announcement(models.Model):
    """News from the course team to the learners of a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="announcements")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    source = models.TextField()
    """Markdown, as written."""
    html = models.TextField()
    """Safe, rendered once."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["run", "-at"], name="announcements_of_a_run")]


class DateShift(models.Model):
    """A learner moved their own dates by so many days, then."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="date_shifts")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()


class Pause(models.Model):
    """A learner rests since then: no date runs. Going on deletes this row and shifts the dates by its length."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="pause")
    at = models.DateTimeField()


class Fulfilment(models.Model):
    """A learner says: I have what I wanted. A success, whatever is left undone; going on deletes this row."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="fulfilment")
    at = models.DateTimeField()


class RunChange(models.Model):
    """A learner took everything along from one run of the course to another."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="run_changes")
    left = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()


class CalendarKey(models.Model):
    """The secret in the address of a learner's calendar feed; a new one makes the old address useless."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="calendar_key")
    key = models.CharField(max_length=43, unique=True)
    at = models.DateTimeField()
