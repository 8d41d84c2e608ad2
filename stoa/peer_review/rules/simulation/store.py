"""An assignment in memory: every step decided by the rules, every decision told.

The actions on PostgreSQL take the same steps; a test drives both with the same history and compares.
"""

from collections import deque
from dataclasses import replace
from datetime import datetime

from stoa.peer_review.rules.allocation import Chance, Credit, Terms, credit_for, heartbeat, is_backlog, surplus_leases
from stoa.peer_review.rules.clock import Case, Rung, Verdict, due_rungs, final_decision, next_rung_at
from stoa.peer_review.rules.promise import LADDER_DAYS
from stoa.peer_review.rules.simulation.orders import Order
from stoa.peer_review.rules.simulation.records import Lease, Member, Work
from stoa.peer_review.rules.states import SubmissionState, after_review, moved

Decision = tuple[int, str]
"""A submission and what became of it."""


class Store:
    """Works, members and leases of one assignment."""

    def __init__(self, *, terms: Terms, order: Order, closes_at: datetime) -> None:
        self.terms = replace(terms, pool=0)
        self.order = order
        self.closes_at = closes_at
        """When hand-ins are over."""
        self.works: dict[int, Work] = {}
        self.members: dict[int, Member] = {}
        self.leases: dict[int, dict[int, Lease]] = {}
        """Of each work, by member."""
        self.holding: dict[int, int] = {}
        """Which work a member has reserved now."""
        self.completed: deque[datetime] = deque()

    def hand_in(self, work: Work) -> None:
        """Take a piece of work in."""
        self.works[work.number] = work
        self.leases[work.number] = {}
        for author in work.authors:
            member = self.member(author)
            member.works.append(work.number)
            if work.cluster:
                member.clusters.add(work.cluster)
        self._count_authors(1)
        work.credit = self._credit(work)
        work.candidate = None
        self.order.put(work)

    def pull(self, number: int, *, at: datetime, chance: Chance) -> int | None:
        """Reserve the next work for a member: the one already reserved, or the most valuable."""
        if (held := self.holding.get(number)) is not None:
            return held
        member = self.member(number)
        picked = self.order.pick(member.as_reviewer(), now=at, terms=self.terms, chance=chance)
        if picked is None:
            if at >= self.closes_at:
                member.waived = max(self.terms.owed - member.given, member.waived)
                self._recredit(member)
            return None
        self.leases[picked][number] = Lease(taken_at=at, until=at + self.order.lease)
        member.seen.add(picked)
        self.holding[number] = picked
        self._count(self.works[picked], leased=1)
        return picked

    def beat(self, number: int, submission: int, *, at: datetime) -> None:
        """Keep a lease alive; one that had ended lives again where that is not one too many."""
        lease, work = self.leases[submission].get(number), self.works[submission]
        if lease is None:
            return
        longer = heartbeat(taken_at=lease.taken_at, until=lease.until, now=at)
        if lease.live:
            lease.until = longer
        elif longer > at and work.is_readable and self._may_live_again(number, work):
            lease.live, lease.until = True, longer
            self.members[number].seen.add(submission)
            self.holding[number] = submission
            self._count(work, leased=1)

    def submit(self, number: int, submission: int, *, at: datetime) -> list[Decision]:
        """Take a review, however late it comes."""
        work, member = self.works[submission], self.members[number]
        lease = self.leases[submission].pop(number)
        self._let_go(number, submission)
        member.seen.add(submission)
        member.given += 1
        self.completed.append(at)
        work.read_at = work.read_at or at
        self._count(work, leased=-1 if lease.live else 0, done=1)
        for author in work.authors:
            self.member(author).read_by.add(number)
        self._recredit(member)
        self._end_surplus(work)
        if not self.order.has_ladder:
            return self._end_by_count(work, at)
        told = self._become(work, after_review(work.state), at)
        return told + self._decide(work, at)

    def decline(self, number: int, submission: int) -> None:
        """Give a reserved work back, never to see it again."""
        lease = self.leases[submission].pop(number)
        self._let_go(number, submission)
        # Also what is given back after its time was over.
        self.members[number].seen.add(submission)
        self._count(self.works[submission], leased=-1 if lease.live else 0)

    def lapse(self, *, at: datetime) -> list[tuple[int, int]]:
        """End the leases whose time is over; says whose on which work."""
        held = [(member, number, self.leases[number][member]) for member, number in self.holding.items()]
        over = [(member, number) for member, number, lease in held if lease.until <= at]
        for member, number in sorted(over):
            self.end(member, number)
        return sorted(over)

    def end(self, member: int, submission: int) -> None:
        """End a live lease: its work may be given out again, to this member too."""
        self.leases[submission][member].live = False
        self._let_go(member, submission)
        self.members[member].seen.discard(submission)
        self._count(self.works[submission], leased=-1)

    def look(self, submission: int, *, at: datetime) -> tuple[tuple[Rung, ...], list[Decision]]:
        """Climb the ladder as far as the time allows, then decide."""
        work = self.works[submission]
        rungs = due_rungs(self.case(work), now=at, promise=self.terms.promise)
        told: list[Decision] = []
        if rungs:
            work.climbed = rungs[-1]
        if Rung.URGENT in rungs and work.done == 0 and work.state is SubmissionState.OPEN:
            told += self._become(work, SubmissionState.URGENT, at)
        return rungs, told + self._decide(work, at)

    def next_look(self, submission: int) -> datetime | None:
        """When the clock must look at the work again."""
        work = self.works[submission]
        return next_rung_at(climbed=work.climbed, since=work.since, promise=self.terms.promise)

    def staff_read(self, submission: int, *, at: datetime) -> list[Decision]:
        """Take a score by staff."""
        work = self.works[submission]
        work.staff_read, work.read_at = True, work.read_at or at
        if work.state is SubmissionState.NO_HARM:
            return self._become(work, SubmissionState.FINAL, at)
        return self._decide(work, at)

    def withdraw(self, submission: int, *, at: datetime) -> list[Decision]:
        """The author takes the work back; who was reading it may still hand the review in, for credit."""
        work = self.works[submission]
        for member, lease in sorted(self.leases[submission].items()):
            if lease.live:
                self.end(member, submission)
        told = self._become(work, SubmissionState.WITHDRAWN, at)
        self._count_authors(-1)
        return told

    def measure(self, *, at: datetime) -> None:
        """See how much waits, compared with what is read in a day of the ladder."""
        day_ago = at - self.terms.promise.span / LADDER_DAYS
        while self.completed and self.completed[0] <= day_ago:
            self.completed.popleft()
        backlog = is_backlog(unread=self.order.unread(), completed_in_a_day=len(self.completed))
        self.terms = replace(self.terms, backlog=backlog)

    def member(self, number: int) -> Member:
        """Somebody, known from now on."""
        return self.members.setdefault(number, Member(number=number))

    def case(self, work: Work, *, at: datetime | None = None) -> Case:
        """A work as the clock sees it."""
        return Case(
            state=work.state,
            since=work.since,
            done=work.done,
            climbed=work.climbed,
            staff_read=work.staff_read,
            alone=at is not None and at >= self.closes_at and self.terms.pool <= 1,
        )

    def _decide(self, work: Work, at: datetime) -> list[Decision]:
        verdict = final_decision(self.case(work, at=at), now=at, promise=self.terms.promise)
        goal = {
            Verdict.FINAL: SubmissionState.FINAL,
            Verdict.STAFF: SubmissionState.STAFF,
            Verdict.NO_HARM: SubmissionState.NO_HARM,
        }.get(verdict)
        return self._become(work, goal, at) if goal else []

    def _end_by_count(self, work: Work, at: datetime) -> list[Decision]:
        """Without a ladder work has its score once it has all its reviews, whenever that is."""
        if work.done >= self.terms.wanted and work.final_at is None:
            work.final_at = at
        return []

    def _become(self, work: Work, state: SubmissionState, at: datetime) -> list[Decision]:
        if state is work.state:
            return []
        self.order.remove(work)
        work.state = moved(work.state, state)
        if state in {SubmissionState.FINAL, SubmissionState.NO_HARM}:
            work.final_at = work.final_at or at
        if work.is_readable:
            self.order.put(work)
        return [(work.number, state.value)]

    def _count(self, work: Work, *, leased: int = 0, done: int = 0) -> None:
        self.order.remove(work)
        work.leased += leased
        work.done += done
        work.candidate = None
        if work.is_readable:
            self.order.put(work)

    def _end_surplus(self, work: Work) -> None:
        live = sorted(
            ((lease.taken_at, member) for member, lease in self.leases[work.number].items() if lease.live), reverse=True
        )
        too_many = surplus_leases(leased=work.leased, done=work.done, target=self.terms.wanted)
        for _, member in live[:too_many]:
            self.end(member, work.number)

    def _may_live_again(self, number: int, work: Work) -> bool:
        if number in self.holding:
            return False
        return surplus_leases(leased=work.leased + 1, done=work.done, target=self.terms.wanted) == 0

    def _let_go(self, member: int, submission: int) -> None:
        if self.holding.get(member) == submission:
            del self.holding[member]

    def _count_authors(self, more: int) -> None:
        owed = self.terms.owed
        self.terms = replace(self.terms, pool=self.terms.pool + more)
        if self.terms.owed != owed:
            for member in list(self.members.values()):
                self._recredit(member)

    def _recredit(self, member: Member) -> None:
        for number in member.works:
            work = self.works[number]
            if (credit := self._credit(work)) is not work.credit:
                self.order.remove(work)
                work.credit, work.candidate = credit, None
                if work.is_readable:
                    self.order.put(work)

    def _credit(self, work: Work) -> Credit:
        """A team has the credit of its members together."""
        members = [self.member(author) for author in work.authors]
        given = sum(member.given + member.waived for member in members)
        return credit_for(given=given, owed=self.terms.owed * len(members))
