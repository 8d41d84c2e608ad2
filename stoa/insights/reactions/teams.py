"""Who joins or leaves a team is told to the log."""

from stoa.accounts.events import StaffAppointed, StaffDismissed
from stoa.catalogue.events import InstructorNamed
from stoa.insights.actions import tell_roles
from stoa.kernel.bus import when


@when(InstructorNamed)
def tell_instructor(fact: InstructorNamed) -> None:
    """Somebody gives a course."""
    tell_roles(course_id=fact.course_id)


@when(StaffAppointed)
def tell_staff(fact: StaffAppointed) -> None:
    """Somebody runs an organisation's courses."""
    del fact
    tell_roles()


@when(StaffDismissed)
def tell_former_staff(fact: StaffDismissed) -> None:
    """Somebody no longer does."""
    del fact
    tell_roles()
