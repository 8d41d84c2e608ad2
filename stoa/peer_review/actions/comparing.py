"""Showing staff which works are alike. It is no verdict: nothing else happens to the works or their scores."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from stoa.peer_review.actions.deciding import promise_of
from stoa.peer_review.actions.moving import lock
from stoa.peer_review.actions.queueing import ask_staff
from stoa.peer_review.models import Place, StaffRead, Submission
from stoa.peer_review.queries.comparing import cleared

log = logging.getLogger(__name__)
LIKE = "like-"


def show_alike(*, groups: Iterable[Sequence[str]], at: datetime) -> int:
    """Put groups of works that are alike before staff; says how many are new.

    What staff looked at before stays as they left it, unless further work joins. One bad group stops no other.
    """
    shown = 0
    for group in groups:
        try:
            shown += _show([int(name) for name in group], at)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The works %s look alike, but that could not be kept.", ", ".join(group))
    return shown


@transaction.atomic
def _show(works: list[int], at: datetime) -> bool:
    new = set(works) - cleared(works)
    places = lock(works)
    known = {place.cluster for place in places.values()} - {""}
    if not new or not places or (len(known) == 1 and all(place.cluster for place in places.values())):
        return False
    name = min(known, default=LIKE + hashlib.blake2b(str(min(works)).encode(), digest_size=8).hexdigest())
    Submission.objects.filter(pk__in=places).update(cluster=name)
    Place.objects.filter(pk__in=places).update(cluster=name)
    for number, place in places.items():
        if number in new:
            ask_staff(place, StaffRead.Reason.COPY, promise=promise_of(place.assignment), at=at)
    return True
