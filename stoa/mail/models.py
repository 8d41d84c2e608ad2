"""The outbox, who wants no mail, and when no mail may leave."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Mails(models.QuerySet["Mail"]):
    """What the sender and the page of notices ask of the outbox."""

    def notices_of(self, person_id: int) -> "Mails":
        """What was written to a person, but for codes and the like; also where they stopped mails of a kind."""
        return self.filter(person=person_id, security=False)

    def waiting(self, at: datetime) -> "Mails":
        """Mails to be sent now that nobody else has taken."""
        again = Q(state=Mail.State.UNKNOWN, doubts=1)
        free = Q(lease_until=None) | Q(lease_until__lte=at)
        return self.filter(Q(state=Mail.State.QUEUED) | again, free, due_at__lte=at)

    def left_in_the_middle(self, at: datetime) -> "Mails":
        """Mails whose sender went away while sending."""
        return self.filter(state=Mail.State.SENDING, lease_until__lte=at)


class Mail(models.Model):
    """One mail to one address."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        BOUNCED = "bounced"
        SUPPRESSED = "suppressed"
        UNKNOWN = "unknown"

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    security = models.BooleanField(default=False)
    to = models.EmailField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=320)
    queued_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    """How often nobody could say whether the server took it."""
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    """The server's last words."""
    link = models.CharField(max_length=500, blank=True)
    """Where one acts: a path of this site; empty where the words name none."""
    read_at = models.DateTimeField(null=True)
    """When the person had read it as a notice on the site."""

    objects: ClassVar[models.Manager["Mail"]] = Mails.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="each_mail_is_queued_once")]
        indexes = [
            models.Index(
                fields=["-security", "due_at", "id"],
                # Codes that somebody waits for go before news.
                name="mails_to_be_sent",
                condition=Q(state__in=["queued", "unknown", "sending"]),
            ),
            models.Index(fields=["person"], name="notices_unread", condition=Q(read_at=None, security=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


class Suppression(models.Model):
    """An address that gets no mail of a kind, or none at all where no kind is said."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed"
        BOUNCED = "bounced"
        COMPLAINED = "complained"

    address = models.EmailField()
    kind = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=12, choices=Reason)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="one_suppression_per_address_and_kind")]

    def __str__(self) -> str:
        return f"{self.address}, {self.kind or 'every kind'}: {self.reason}"


class Hold(models.Model):
    """A time in which no mail leaves: after a restore from a backup, say, until somebody has looked."""

    reason = models.CharField(max_length=200)
    since = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(released_at=None), name="one_hold_at_a_time")
        ]

    def __str__(self) -> str:
        return self.reason
