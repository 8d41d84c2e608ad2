"""Who may read what."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stoa.peer_review.rules.allocation import Bar, Candidate, Credit, Reviewer, Role, Terms, hindrance
from stoa.peer_review.rules.allocation.leases import LEASE, LONGEST, heartbeat, lease_until, surplus_leases

OPEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOON = OPEN + timedelta(hours=1)


def work(author: int = 1, *, language: str = "", cluster: str = "", done: int = 0) -> Candidate:
    return Candidate(
        submission=7,
        authors=frozenset({author}),
        since=OPEN,
        credit=Credit.NONE,
        language=language,
        cluster=cluster,
        done=done,
    )


def why(reader: Reviewer, candidate: Candidate, *, day: float = 0, pool: int = 100) -> Bar | None:
    return hindrance(reader, candidate, now=OPEN + timedelta(days=day), terms=Terms(pool=pool))


def test_nobody_reads_their_own_work_even_as_one_of_a_team() -> None:
    team = Candidate(submission=7, authors=frozenset({1, 2, 3}), since=OPEN, credit=Credit.NONE)

    assert [why(Reviewer(person=person), team) for person in (1, 2, 3, 4)] == [Bar.OWN, Bar.OWN, Bar.OWN, None]


def test_nobody_reads_the_same_work_twice() -> None:
    assert why(Reviewer(person=2, seen=frozenset({7})), work()) is Bar.SEEN


def test_who_is_kept_apart_does_not_read_the_other() -> None:
    assert why(Reviewer(person=2, apart=frozenset({1})), work()) is Bar.APART


def test_nobody_reads_a_near_copy_of_their_own_work() -> None:
    reader = Reviewer(person=2, clusters=frozenset({"c1"}))

    assert [why(reader, work(cluster=cluster)) for cluster in ("c1", "c2", "")] == [Bar.ALIKE, None, None]


def test_two_read_each_other_only_where_few_have_handed_in() -> None:
    reader = Reviewer(person=2, read_by=frozenset({1}))

    assert [why(reader, work(), pool=pool) for pool in (2, 11, 12, 1000)] == [None, None, Bar.RETURNED, Bar.RETURNED]


def test_a_second_language_is_read_once_the_first_found_nobody() -> None:
    reader = Reviewer(person=2, languages=frozenset({"en"}), second_languages=frozenset({"ar"}))

    assert [why(reader, work(language=tag), day=1.9) for tag in ("en", "ar", "zh", "")] == [
        None,
        Bar.LANGUAGE,
        Bar.LANGUAGE,
        None,
    ]
    assert [why(reader, work(language=tag), day=2) for tag in ("ar", "zh")] == [None, Bar.LANGUAGE]


def test_volunteers_read_only_what_waits_without_a_reader() -> None:
    mentor = Reviewer(person=2, role=Role.VOLUNTEER)

    assert [why(mentor, work(), day=day) for day in (2.9, 3)] == [Bar.NOT_URGENT, None]
    assert why(mentor, work(done=1), day=5) is Bar.NOT_URGENT


@given(beats=st.lists(st.integers(0, 30 * 60), max_size=30))
def test_heartbeats_keep_a_lease_but_not_for_ever(beats: list[int]) -> None:
    until = lease_until(taken_at=OPEN)

    for minute in sorted(beats):
        longer = heartbeat(taken_at=OPEN, until=until, now=OPEN + timedelta(minutes=minute))
        assert until <= longer <= OPEN + LONGEST
        until = longer

    assert lease_until(taken_at=OPEN) == OPEN + LEASE


@given(leased=st.integers(0, 20), done=st.integers(0, 20), target=st.integers(1, 6))
def test_i3_no_more_leases_live_than_reviews_are_wanted_and_one(leased: int, done: int, target: int) -> None:
    surplus = surplus_leases(leased=leased, done=done, target=target)

    assert 0 <= surplus <= leased
    assert leased - surplus <= max(target - done + 1, 0)
    assert surplus == 0 or leased - surplus == max(target - done + 1, 0)
