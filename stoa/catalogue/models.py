"""Courses as a visitor finds them: subjects, courses, their versions and runs, and who gives them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from stoa.accounts.models import Organisation


class Subject(models.Model):
    """An area of knowledge, with the landscape that its covers show."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=80)
    landscape = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """A course of an organisation; what is in it stands in its versions."""

    slug = models.SlugField(unique=True, max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="courses")
    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.SET_NULL, related_name="courses")
    title = models.CharField(max_length=250)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    level = models.CharField(max_length=20, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        indexes = [GinIndex(fields=["search"], name="course_search")]

    def __str__(self) -> str:
        return self.title


class CourseVersion(models.Model):
    """One immutable state of a course's document."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    document = models.BinaryField()
    """Canonical JSON, zstd."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="versions_are_numbered_once"),
            models.UniqueConstraint(fields=["course", "content_hash"], name="one_version_per_content"),
        ]


class Run(models.Model):
    """A course given at a time: its learners, dates and the version they see."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="runs")
    code = models.SlugField(max_length=60)
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="runs")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    enrolment_opens_at = models.DateTimeField(null=True, blank=True)
    enrolment_closes_at = models.DateTimeField(null=True, blank=True)
    self_paced = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, default="UTC")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "code"], name="one_run_per_course_and_code")]

    def __str__(self) -> str:
        return f"{self.course.title}, {self.code}"


class Teaching(models.Model):
    """A person who gives a course."""

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor"
        MENTOR = "mentor"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="teaching")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teaching")
    role = models.CharField(max_length=12, choices=Role, default=Role.INSTRUCTOR)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="one_role_per_course_and_person")]
