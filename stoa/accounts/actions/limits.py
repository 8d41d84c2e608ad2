"""Count what somebody does, exactly, over all processes."""

from datetime import datetime, timedelta
from math import ceil

from allauth.account.adapter import get_adapter
from django.db import connection
from django.http import HttpRequest

from stoa.accounts.models import Allowance
from stoa.accounts.rules.limits import Limit

# One statement decides and counts, so two processes at once never both take the last one.
_SPEND = """
insert into accounts_allowance as a (key, spent_until) values (%(key)s, %(at)s + %(every)s * interval '1 second')
on conflict (key) do update set spent_until = greatest(a.spent_until, %(at)s) + %(every)s * interval '1 second'
where a.spent_until <= %(at)s + %(reach)s * interval '1 second'
returning spent_until
"""


class TooOften(Exception):
    """That was too often. Wait a little and try again; what was typed is kept."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Wait {wait.total_seconds():.0f} s.")
        self.wait = wait

    @property
    def seconds(self) -> int:
        """Whole seconds to wait, as people are told."""
        return max(1, ceil(self.wait.total_seconds()))


def spend(*, limit: Limit, key: str, at: datetime) -> None:
    """Take one from somebody's allowance, or say how long to wait. A refusal costs nothing."""
    row = f"{limit.name}:{key}"[:160]
    seconds = {"every": limit.every.total_seconds(), "reach": limit.reach.total_seconds()}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"key": row, "at": at, **seconds})
        if cursor.fetchone():
            return
    raise TooOften(Allowance.objects.values_list("spent_until", flat=True).get(pk=row) - limit.reach - at)


def asker(request: HttpRequest) -> str:
    """Whose allowance a request spends: the person's, or that of a visitor's address, seen through our proxies."""
    return f"person-{request.user.pk}" if request.user.pk else f"at-{get_adapter(request).get_client_ip(request)}"


def forget_spent_allowances(*, at: datetime) -> int:
    """Delete the rows that no longer hold anybody back."""
    return Allowance.objects.filter(spent_until__lte=at).delete()[0]
