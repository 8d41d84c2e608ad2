"""Looking after outside resources: each night every address that a run leads to is asked how it is."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from stoa.authoring.actions.web import Web
from stoa.authoring.models import OutsideAddress
from stoa.authoring.queries.outside import addresses_in_use, known
from stoa.authoring.rules.outside import Answer, Known, judge

AT_ONCE = 8

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """An address that was looked at, and what is known of it now."""

    url: str
    known: Known


def look_at_all(*, web: Web, at: datetime, urls: frozenset[str] | None = None, progress: Progress) -> list[Looked]:
    """Ask every address in use, or these; one that fails never stops the others. Forgets those no run leads to."""
    used = addresses_in_use()
    OutsideAddress.objects.exclude(url__in=used).delete()
    wanted = sorted(used if urls is None else used & urls)
    looked = []
    for url, answer in _ask_all(wanted, web):
        looked.append(Looked(url=url, known=_remember(url, answer, at)))
        progress(len(looked), len(wanted))
    return looked


def accept_as_it_is(*, url: str) -> None:
    """Call the page as it was last seen the one that the course means."""
    with transaction.atomic():
        for row in OutsideAddress.objects.select_for_update().filter(url=url):
            row.fingerprint, row.drifted_at = row.latest, None
            row.save(update_fields=["fingerprint", "drifted_at"])


def _ask_all(urls: list[str], web: Web) -> Iterator[tuple[str, Answer]]:
    """Several sites at once, but the pages of one site one after the other: nobody likes to be stormed."""
    by_site: dict[str, list[str]] = {}
    for url in urls:
        by_site.setdefault(urlsplit(url).netloc, []).append(url)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for answers in pool.map(lambda site: [(url, web.ask(url)) for url in site], by_site.values()):
            yield from answers


def _remember(url: str, answer: Answer, at: datetime) -> Known:
    with transaction.atomic():
        row = OutsideAddress.objects.select_for_update().filter(url=url).first() or OutsideAddress(url=url)
        now = judge(known(row), answer, at=at)
        row.standing = now.standing.value
        row.checked_at, row.failures, row.broken_since = now.checked_at, now.failures, now.broken_since
        row.fingerprint, row.latest, row.drifted_at = now.fingerprint, now.latest, now.drifted_at
        row.moved_to, row.problem = now.moved_to[:2000], now.problem
        row.save()
    return now
