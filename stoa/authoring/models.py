"""Files of courses, and imports on their way."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stoa.accounts.models import Organisation
from stoa.catalogue.models import Course, CourseVersion


class MediaFile(models.Model):
    """A file that a published version of a course knows by this name."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=400)
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "name", "course"], name="a_file_once_per_course_and_name")
        ]

    def __str__(self) -> str:
        return self.name


class Rendering(models.Model):
    """The pages of a version are made."""

    version = models.OneToOneField(CourseVersion, primary_key=True, on_delete=models.CASCADE, related_name="rendering")
    edition = models.PositiveIntegerField()
    """Of the code that made them: a newer one makes them anew when the course is published again."""
    at = models.DateTimeField()
    texts = models.JSONField(default=dict)
    """HTML of what stands beside the lessons: `about`, `instructor:0`, `page:ID`."""


class Import(models.Model):
    """A course that somebody brings in: a file waiting, being read, or read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        STOPPED = "stopped", _("stopped and undone")
        REFUSED = "refused", _("refused")
        READY = "ready", _("ready")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="imports")
    name = models.CharField(max_length=255)
    """Of the file, as the person calls it."""
    path = models.CharField(max_length=1000)
    """Where it lies on this machine."""
    uploaded = models.BooleanField()
    """True: the file is ours, and goes when the import ends."""
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """When the child process last said that it lives."""
    title = models.CharField(max_length=250, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    report = models.JSONField(null=True)
    version = models.ForeignKey(CourseVersion, null=True, on_delete=models.SET_NULL, related_name="imports")

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.title or self.name


class ImportLine(models.Model):
    """One stage of an import, with when it began and ended."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    stage = models.CharField(max_length=200)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    warning = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["of", "stage"], name="a_stage_once_per_import")]


class OutsideAddress(models.Model):
    """An address on another site that courses lead to, and how it was found when last looked at."""

    url = models.URLField(max_length=2000, unique=True)
    standing = models.CharField(max_length=10, blank=True)
    """Of `rules.outside.Standing`; empty until first looked at."""
    checked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    """Looks in a row that found it broken."""
    broken_since = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    """Of the page as the course team last accepted it."""
    latest = models.CharField(max_length=16, blank=True)
    drifted_at = models.DateTimeField(null=True)
    moved_to = models.URLField(max_length=2000, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.url


class OfflinePack(models.Model):
    """A module as one file to take along."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="packs")
    key = models.CharField(max_length=64, unique=True)
    """Of all that the file depends on."""
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=400)
    size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.name


class CaptionsWaiver(models.Model):
    """Learners see a version although MOOC videos in it have no captions: who said so, why, and which they are."""

    version = models.OneToOneField(CourseVersion, on_delete=models.CASCADE, related_name="captions_waiver")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """None: the command line."""
    reason = models.TextField()
    videos = models.JSONField()
    """[where the MOOC video stands]"""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__regex=r"\S"), name="captions_waived_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.reason}"
