"""An account goes, and with it what its owner wrote."""

from stoa.accounts.events import Left
from stoa.kernel.bus import when
from stoa.kernel.clock import now
from stoa.peer_review.actions.erasing import erase_work


@when(Left)
def erase(fact: Left) -> None:
    """Work of somebody who leaves is empty from then on."""
    erase_work(person_id=fact.person_id, at=now())
