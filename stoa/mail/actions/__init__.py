"""What one can do with mail."""

from stoa.mail.actions.forgetting import blank_old_mails, forget_person
from stoa.mail.actions.holds import hold, release
from stoa.mail.actions.noticing import read_notice, read_notices
from stoa.mail.actions.outbox import post, post_many
from stoa.mail.actions.rows import Addressee
from stoa.mail.actions.sending import drain
from stoa.mail.actions.smtp import PostOfficeClosed, SmtpOffice
from stoa.mail.actions.suppressions import resubscribe, suppress, unsubscribe
from stoa.mail.rules.letters import HeaderRefused

__all__ = [
    "Addressee",
    "HeaderRefused",
    "PostOfficeClosed",
    "SmtpOffice",
    "blank_old_mails",
    "drain",
    "forget_person",
    "hold",
    "post",
    "post_many",
    "read_notice",
    "read_notices",
    "release",
    "resubscribe",
    "suppress",
    "unsubscribe",
]
