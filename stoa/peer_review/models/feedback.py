"""What authors do about the words they got, and what readers report of the work."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stoa.courseware.models import Enrolment
from stoa.peer_review.models.reviews import Review
from stoa.peer_review.models.submissions import Submission


class ResultOpening(models.Model):
    """When an author first saw marks, and when last: words that were there by then are rated no more."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="openings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seen_until = models.DateTimeField()
    """Words that came later were not there when marks were seen."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "enrolment"], name="a_result_is_opened_once_by_an_author")
        ]


class Thanks(models.Model):
    """An author thanks a reviewer; neither learns the other's name."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="thanks")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "enrolment"], name="an_author_thanks_once")]


class WordsReport(models.Model):
    """An author reports a reviewer's words: they are hidden until staff have looked."""

    class Reason(models.TextChoices):
        """What is wrong with the words."""

        UNKIND = "unkind", _("They are unkind, or attack me")
        HATEFUL = "hateful", _("They are hateful, or threaten")
        OFF_TOPIC = "off_topic", _("They are about something else, or advertise")
        REVEALS = "reveals", _("They ask who I am, or tell who wrote them")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "enrolment"], name="words_are_reported_once_by_an_author")
        ]


class WordsReportAnswer(models.Model):
    """What staff decided about reported words."""

    report = models.OneToOneField(WordsReport, on_delete=models.CASCADE, related_name="answer")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    hidden = models.BooleanField()
    """The words stay hidden; otherwise they are shown again."""
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()


class WorkFlag(models.Model):
    """A reader tells staff that something is wrong with a piece of work. It changes no score by itself."""

    class Reason(models.TextChoices):
        """What seems to be wrong."""

        NOT_OWN = "not_own", _("It seems not to be their own work")
        UNSAFE = "unsafe", _("It is unsafe, or hurts somebody")
        EMPTY = "empty", _("There is nothing in it, or it is something else")
        NAMES = "names", _("It tells who wrote it")

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="flag")
    """The review in which it was found."""
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.TextField(blank=True)
    at = models.DateTimeField()


class WorkFlagAnswer(models.Model):
    """What staff decided about flagged work."""

    flag = models.OneToOneField(WorkFlag, on_delete=models.CASCADE, related_name="answer")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500)
    """What was found, and done about it."""
    at = models.DateTimeField()
