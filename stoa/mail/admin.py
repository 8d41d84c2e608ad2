"""The outbox on the administration pages: to look at, and to release a hold."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stoa.kernel.clock import now
from stoa.mail import actions
from stoa.mail.models import Hold, Mail, Suppression


class LookOnly(admin.ModelAdmin):
    """Nothing here is typed in by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- Django's own signature
        """Mails are written by what happens."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:  # noqa: ARG002 -- Django's own signature
        """A mail that was written stays as it is."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:  # noqa: ARG002 -- Django's own signature
        """A deleted row could be sent again."""
        return False


@admin.register(Mail)
class MailAdmin(LookOnly):
    """Every mail and what became of it; the words of security mails are nobody's but their owner's."""

    list_display = ("subject_or_kind", "to", "kind", "state", "queued_at", "tries", "answer")
    list_filter = ("state", "kind")
    search_fields = ("to", "message_id")
    date_hierarchy = "queued_at"
    fields = (
        "to",
        "kind",
        "security",
        "state",
        "queued_at",
        "settled_at",
        "due_at",
        "tries",
        "doubts",
        "answer",
        "message_id",
    )

    @admin.display(description=_("subject"))
    def subject_or_kind(self, mail: Mail) -> str:
        """Subjects of security mails hold codes."""
        return mail.kind if mail.security else mail.subject


@admin.register(Suppression)
class SuppressionAdmin(admin.ModelAdmin):
    """Who gets no mail, and why."""

    list_display = ("address", "kind", "reason", "since")
    list_filter = ("reason",)
    search_fields = ("address",)


@admin.register(Hold)
class HoldAdmin(admin.ModelAdmin):
    """Times in which no mail leaves."""

    list_display = ("reason", "since", "released_at")
    actions = ("let_mail_go",)

    @admin.action(description=_("Let mail leave again"))
    def let_mail_go(self, _request: HttpRequest, _holds: QuerySet[Hold]) -> None:
        """End the hold."""
        actions.release(at=now())
