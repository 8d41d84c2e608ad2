"""The actions on PostgreSQL and the simulation in memory take the same decisions for the same history."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from stoa.peer_review import actions
from stoa.peer_review.actions import NothingToRead
from stoa.peer_review.models import Place, Review, Transition
from stoa.peer_review.rules.allocation import Terms
from stoa.peer_review.rules.promise import Promise
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.rules.simulation.orders import ByValue
from stoa.peer_review.rules.simulation.records import Work
from stoa.peer_review.rules.simulation.store import Store
from stoa.peer_review.rules.states import SubmissionState
from stoa.peer_review.tests.classes import Class, a_class
from stoa.peer_review.tests.makers import DUE, MONDAY

HOURS = (1, 1, 2, 5, 12, 24, 36)


@dataclass(frozen=True)
class Step:
    """Something that happens some hours after the step before."""

    what: str
    who: int
    hours: int


steps = st.builds(
    Step,
    what=st.sampled_from(
        ["pull", "pull", "pull", "submit", "submit", "submit", "beat", "decline", "withdraw", "staff", "wait"]
    ),
    who=st.integers(0, 13),
    hours=st.sampled_from(HOURS),
)


class Both:
    """One class, twice: in PostgreSQL and in memory."""

    def __init__(self, size: int, days: int, wanted: int, given: int) -> None:
        self.room: Class = a_class(size=size, promise_days=days, reviews_to_get=wanted, reviews_to_give=given)
        self.names = list(self.room.authors)
        self.person = [self.room.person(name).pk for name in self.names]
        terms = Terms(given=given, wanted=wanted, promise=Promise(days=days))
        self.store = Store(terms=terms, order=ByValue(), closes_at=DUE)
        self.now = MONDAY + timedelta(hours=1)
        self.reading: dict[int, int] = {}
        """The last work that each member reserved."""
        for name in self.names:
            work = self.room.works[name]
            place = Place.objects.get(pk=work.pk)
            self.store.hand_in(
                Work(
                    number=work.pk,
                    authors=frozenset(place.authors),
                    submitted_at=work.submitted_at,
                    since=place.since,
                )
            )

    def happens(self, step: Step) -> None:
        """The same step on both sides, after the clock of both has come to its moment."""
        self.now += timedelta(hours=step.hours)
        who = step.who % len(self.names)
        self.clock()
        getattr(self, f"_{step.what}")(who)
        self.same()

    def clock(self) -> None:
        actions.tick(at=self.now)
        self.store.lapse(at=self.now)
        due = [(self.store.next_look(number), number) for number in self.store.works]
        for moment, number in sorted((moment, number) for moment, number in due if moment and moment <= self.now):
            assert moment is not None
            self.store.look(number, at=self.now)
        self.store.measure(at=self.now)

    def _pull(self, who: int) -> None:
        try:
            got: int | None = self.room.pulls(self.names[who], at=self.now).submission_id
        except NothingToRead:
            got = None
        expected = self.store.pull(self.person[who], at=self.now, chance=lambda _: 0.0)
        assert got == expected
        if got is not None:
            self.reading[who] = got

    def _submit(self, who: int) -> None:
        if (review := self._review(who)) is None:
            return
        self.room.submits(review, at=self.now)
        # The action saves a draft first, which keeps the lease alive, as the page does while somebody writes.
        self.store.beat(self.person[who], review.submission_id, at=self.now)
        self.store.submit(self.person[who], review.submission_id, at=self.now)
        del self.reading[who]

    def _beat(self, who: int) -> None:
        if (review := self._review(who)) is not None:
            actions.keep_alive(review=review, at=self.now)
            self.store.beat(self.person[who], review.submission_id, at=self.now)

    def _decline(self, who: int) -> None:
        if (review := self._review(who)) is not None:
            actions.decline(review=review, reason=Review.Reason.NO_TIME, at=self.now)
            self.store.decline(self.person[who], review.submission_id)
            del self.reading[who]

    def _withdraw(self, who: int) -> None:
        work = self.room.works[self.names[who]]
        before = {SubmissionState.OPEN, SubmissionState.URGENT, SubmissionState.PROVISIONAL, SubmissionState.STAFF}
        if self.store.works[work.pk].state in before:
            actions.withdraw(submission=work, by=self.room.authors[self.names[who]].enrolment, at=self.now)
            self.store.withdraw(work.pk, at=self.now)

    def _staff(self, who: int) -> None:
        work = self.room.works[self.names[who]]
        if self.store.works[work.pk].state is SubmissionState.STAFF:
            marks: Marks = self.room.marks()
            actions.staff_read(submission=work, by=self.room.instructor, marks=marks, at=self.now)
            self.store.staff_read(work.pk, at=self.now)

    def _wait(self, _who: int) -> None:
        """Only the clock goes on."""

    def _review(self, who: int) -> Review | None:
        if who not in self.reading:
            return None
        return Review.objects.get(submission_id=self.reading[who], reviewer=self.person[who])

    def same(self) -> None:
        kept = {
            place.pk: (place.state, place.done, place.leased, place.credit, place.climbed, place.since, place.final_at)
            for place in Place.objects.all()
        }
        played = {
            work.number: (
                work.state.value,
                work.done,
                work.leased,
                int(work.credit),
                work.climbed,
                work.since,
                work.final_at,
            )
            for work in self.store.works.values()
        }
        assert kept == played


class TestSameDecisions(TestCase):
    """Histories that Hypothesis makes up."""

    @pytest.mark.req("R112")
    @given(
        size=st.integers(1, 14),
        days=st.sampled_from([3, 7]),
        wanted=st.integers(1, 4),
        given=st.integers(1, 3),
        history=st.lists(steps, min_size=5, max_size=40),
    )
    # A history takes a second or two, so a shorter one that fails too is looked for by hand.
    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    def test_same_history_same_decisions(
        self, size: int, days: int, wanted: int, given: int, history: list[Step]
    ) -> None:
        both = Both(size, days, wanted, given)

        for step in history:
            both.happens(step)

        both.now += timedelta(days=days + 1)
        both.clock()
        both.same()
        waiting = Place.objects.exclude(state__in=["final", "no_harm", "withdrawn"])
        assert not waiting.exists()
        for place in Place.objects.exclude(final_at=None):
            told = Transition.objects.filter(submission_id=place.pk, what="state").order_by("pk")
            assert [row.became for row in told][-1] == place.state
