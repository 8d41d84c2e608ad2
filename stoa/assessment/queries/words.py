"""What assessment says to learners, in their language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stoa.assessment.rules.faults import Fault

FAULTS: dict[Fault, Promise] = {
    Fault.EMPTY: _("This one is still empty. Answer it, or hand in with empty answers below."),
    Fault.TOO_LONG: _("This is too long. Shorten it and hand it in again."),
    Fault.UNKNOWN_CHOICE: _("This choice is not offered any more. Choose one of those below."),
    Fault.ONE_ONLY: _("Give one answer here."),
    Fault.UNREADABLE: _("This is not a number. Write one such as 3.5, 22/7 or 6.02e23."),
    Fault.UNBALANCED: _("A bracket is missing. Each ( needs a )."),
    Fault.UNKNOWN_NAME: _(
        "Write the number without a unit. Functions such as sqrt(2) and constants such as pi are fine."
    ),
    Fault.MISSING_SIGN: _("A sign is missing between two values. Write 2*pi, not 2 pi, and leave units out."),
    Fault.EITHER_COMMA: _("This comma can be read in two ways. Write 1234 for a thousand or 1.234 for about one."),
    Fault.UNDEFINED: _("This has no value: it divides by zero or leaves a function's range."),
    Fault.TOO_LARGE: _("This number is too large. Look for a sign or a bracket too many."),
    Fault.NOT_REAL: _("Write a real number here, without i or j."),
}
