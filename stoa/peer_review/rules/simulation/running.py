"""One assignment from the first hand-in to the last score."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from stoa.peer_review.rules.allocation import Role, Terms
from stoa.peer_review.rules.clock import DAYS, NUDGES, Rung
from stoa.peer_review.rules.promise import LADDER_DAYS, Promise, clock_start
from stoa.peer_review.rules.simulation.crowd import DEADLINE, Chance, Crowd
from stoa.peer_review.rules.simulation.orders import Order
from stoa.peer_review.rules.simulation.records import Work
from stoa.peer_review.rules.simulation.store import Decision, Store
from stoa.peer_review.rules.states import SubmissionState

_VOLUNTEER = 1_000_000
"""Volunteers are numbered from here on."""
_MEASURES = 24 * 8


@dataclass
class Simulation:
    """A crowd, the rules, and the events to come."""

    crowd: Crowd
    seed: int
    order: Order
    staff_cap: int | None = None
    """The most works that staff read; None: as many as there are."""
    staff_reads: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = Chance(self.crowd, self.seed)
        self.promise = Promise(days=self.crowd.promise_days)
        terms = Terms(given=self.crowd.reviews, wanted=self.crowd.reviews, promise=self.promise)
        self.store = Store(terms=terms, order=self.order, closes_at=DEADLINE)
        self.events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.turn = count()
        self.asked_for: dict[int, int] = {}
        """How many works each member still means to read."""
        self.volunteers_free_at = DEADLINE
        """They are asked once a day at the most."""

    def run(self) -> Store:
        """Let everything happen; afterwards the store tells how it ended."""
        for author in range(self.crowd.authors):
            self._author(author)
        if self.order.has_ladder:
            for hour in range(_MEASURES):
                self._at(DEADLINE + self.promise.span * (hour / 24 / LADDER_DAYS), self._measure)
        end = DEADLINE + self.promise.span * 2 + timedelta(days=14)
        while self.events and self.events[0][0] <= end:
            at, _, event = heappop(self.events)
            event(at)
        return self.store

    def _at(self, moment: datetime, event: Callable[[datetime], None]) -> None:
        heappush(self.events, (moment, next(self.turn), event))

    def _author(self, author: int) -> None:
        handed_in, on_time = self.chance.handed_in()
        opens = DEADLINE if self.crowd.opens_at_deadline else None
        since = clock_start(submitted_at=handed_in, reviews_open_at=opens)
        work = Work(number=author, authors=frozenset({author}), submitted_at=handed_in, since=since, on_time=on_time)
        self._at(handed_in, lambda _: self._hand_in(work))
        if wants := self.chance.reads():
            self.asked_for[author] = wants
            self._at(since + self.chance.returns(), lambda at: self._pull(author, at))

    def _hand_in(self, work: Work) -> None:
        self.store.hand_in(work)
        if self.order.has_ladder:
            self._look_later(work.number)

    def _look_later(self, number: int) -> None:
        if (moment := self.store.next_look(number)) is not None:
            self._at(moment, lambda at: self._look(number, at))

    def _look(self, number: int, at: datetime) -> None:
        rungs, told = self.store.look(number, at=at)
        self._hear(told, at)
        for rung in rungs:
            self._climb(rung, number, at)
        if rungs:
            self._look_later(number)

    def _climb(self, rung: Rung, number: int, at: datetime) -> None:
        """What a rung does: it asks people to read."""
        members = [self.store.member(author) for author in sorted(self.store.works[number].authors)]
        owed = self.store.terms.owed
        if rung in NUDGES:
            for member in members:
                self._ask(member.number, owed - member.given - member.waived, at)
        elif rung is Rung.FINISHERS:
            for member in members:
                if member.given >= owed and self.order.unread():
                    self._ask(member.number, 2, at)
        elif rung in {Rung.VOLUNTEERS, Rung.URGENT} and at >= self.volunteers_free_at:
            self.volunteers_free_at = at + self.promise.span / LADDER_DAYS
            for volunteer in range(round(self.crowd.learners * self.crowd.volunteers)):
                self.store.member(_VOLUNTEER + volunteer).role = Role.VOLUNTEER
                self._ask(_VOLUNTEER + volunteer, self.crowd.volunteer_reads, at)

    def _ask(self, member: int, works: int, at: datetime) -> None:
        if works > 0 and self.chance.comes():
            idle = not self.asked_for.get(member)
            self.asked_for[member] = max(works, self.asked_for.get(member, 0))
            if idle:
                self._at(at + self.chance.days(0.3) * (self.crowd.promise_days / LADDER_DAYS), self._pulling(member))

    def _pulling(self, member: int) -> Callable[[datetime], None]:
        return lambda at: self._pull(member, at)

    def _pull(self, member: int, at: datetime) -> None:
        number = self.store.pull(member, at=at, chance=self.chance.of)
        if number is None:
            self.asked_for[member] = 0
            return
        if self.chance.happens(self.crowd.abandons):
            self._at(at + self.order.lease, lambda then: self._abandon(member, number, then))
        else:
            self._at(at + self.chance.reading(), lambda then: self._submit(member, number, then))

    def _submit(self, member: int, number: int, at: datetime) -> None:
        if member not in self.store.leases[number]:
            return
        self._hear(self.store.submit(member, number, at=at), at)
        self.asked_for[member] -= 1
        if self.asked_for[member] <= 0:
            self._offer_more(member, number, at)
        if self.asked_for[member] > 0:
            self._at(at + self.chance.pause(), self._pulling(member))

    def _offer_more(self, member: int, number: int, at: datetime) -> None:
        """Who is done is shown what waits, once the queue is late: two more would help."""
        late = at >= self.promise.at(self.store.works[number].since, DAYS[Rung.FINISHERS])
        if self.order.has_ladder and late and self.order.unread() and self.chance.comes():
            self.asked_for[member] = 2

    def _abandon(self, member: int, number: int, at: datetime) -> None:
        lease = self.store.leases[number].get(member)
        if lease is None:
            return
        if lease.live and lease.until <= at:
            self.store.end(member, number)
        if self.chance.happens(self.crowd.tries_again):
            self._at(at + self.chance.days(0.5), self._pulling(member))
        else:
            self.asked_for[member] = 0
        if self.chance.happens(self.crowd.late_review):
            self._at(at + self.chance.days(0.4), lambda then: self._submit_late(member, number, then))

    def _submit_late(self, member: int, number: int, at: datetime) -> None:
        if member in self.store.leases[number]:
            self._hear(self.store.submit(member, number, at=at), at)

    def _hear(self, told: list[Decision], at: datetime) -> None:
        for number, state in told:
            if state == SubmissionState.STAFF:
                wait = min(self.chance.days(self.crowd.staff_hours / 24), timedelta(hours=20))
                self._at(at + wait * (self.crowd.promise_days / LADDER_DAYS), self._staff(number))

    def _staff(self, number: int) -> Callable[[datetime], None]:
        return lambda at: self._staff_read(number, at)

    def _staff_read(self, number: int, at: datetime) -> None:
        """Staff read what still waits for them, as far as they can."""
        within_cap = self.staff_cap is None or len(self.staff_reads) < self.staff_cap
        if self.store.works[number].state is SubmissionState.STAFF and within_cap:
            self.staff_reads.add(number)
            self._hear(self.store.staff_read(number, at=at), at)

    def _measure(self, at: datetime) -> None:
        self.store.measure(at=at)
