"""Courses as a visitor finds them: subjects, courses, their versions and runs, and who gives them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

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


class Courses(models.QuerySet["Course"]):
    """Ways to speak of courses."""

    def offered(self) -> "Courses":
        """Those with a run that visitors may see."""
        return self.filter(models.Exists(Run.objects.filter(course=models.OuterRef("pk"), hidden=False)))


class Course(models.Model):
    """A course of an organisation: what its latest version says of it, for lists and search."""

    slug = models.SlugField(unique=True, max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="courses")
    code = models.CharField(max_length=120)
    """The document's id, unique within the organisation."""
    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.SET_NULL, related_name="courses")
    title = models.CharField(max_length=250)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    level = models.CharField(max_length=20, blank=True)
    for_beginners = models.BooleanField(default=False, editable=False)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    minutes = models.FloatField(default=0, editable=False)
    """All steps together, estimated from their words, MOOC videos and questions where nobody said."""
    modules = models.PositiveSmallIntegerField(default=0, editable=False)
    caption_languages = ArrayField(models.CharField(max_length=12), default=list, editable=False)
    skills = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    facets = ArrayField(models.CharField(max_length=140), default=list, editable=False)
    """`language:en`, `pace:any-day`, …: what the catalogue filters by."""
    search = SearchVectorField(null=True, editable=False)
    search_config = models.CharField(max_length=20, default="simple", editable=False)
    listed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar["models.Manager[Course]"] = Courses.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_course_per_organisation_and_code")
        ]
        indexes = [
            GinIndex(fields=["search"], name="course_search"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="course_title_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title


class CourseVersion(models.Model):
    """One immutable state of a course's document."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="versions_are_numbered_once"),
            models.UniqueConstraint(fields=["course", "content_hash"], name="one_version_per_content"),
        ]

    def __str__(self) -> str:
        return f"{self.course.title}, version {self.number}"


class Document(models.Model):
    """The document of a version, apart from it so that lists never carry it."""

    version = models.OneToOneField(CourseVersion, primary_key=True, on_delete=models.CASCADE, related_name="document")
    content = models.BinaryField()
    """Canonical JSON, zstd."""


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
    verified_price = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    """What the verified track costs. Learning is always free; None: there is no verified track."""
    currency = models.CharField(max_length=3, default="EUR")
    hidden = models.BooleanField(default=False, help_text=_("Only those who give the course see this run."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "code"], name="one_run_per_course_and_code"),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(starts_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="a_run_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_price__isnull=True) | models.Q(verified_price__gt=0),
                name="a_verified_track_has_a_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course.title}, {self.code}"


class Teaching(models.Model):
    """A person who gives a course."""

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor", _("instructor")
        MENTOR = "mentor", _("mentor")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="teaching")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teaching")
    role = models.CharField(max_length=12, choices=Role, default=Role.INSTRUCTOR)

    class Meta:
        verbose_name_plural = "teaching"
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="one_role_per_course_and_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


class Featured(models.Model):
    """An editor's choice, for a time and with a reason that everyone reads."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="featured")
    reason = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        verbose_name_plural = "featured"
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__regex=r"\S"), name="featured_with_a_reason"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="featured_until_after_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.reason}"


class Wish(models.Model):
    """A course that people ask for and nobody gives yet."""

    key = models.CharField(max_length=120, unique=True, editable=False)
    """The words in small letters, sorted: the same wish in another order is the same wish."""
    words = models.CharField(max_length=120)
    first_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return self.words


class Wished(models.Model):
    """Someone has this wish."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="wished")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "person"], name="a_person_wishes_once")]
