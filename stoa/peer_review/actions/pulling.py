"""Reserving the next work to read: the rules choose from a shortlist, one row is locked, and never waited for."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import random

from django.db import connection, transaction

from stoa.accounts.models import Person
from stoa.peer_review.actions.moving import given_by, lock, recredit
from stoa.peer_review.models import Assignment, Place, Review, Waiver
from stoa.peer_review.queries.shortlists import shortlist
from stoa.peer_review.queries.terms import Standing, reader, standing_of
from stoa.peer_review.rules.allocation import SHORTLIST, Candidate, Chance, Reviewer, Role, lease_until, ranked

_TRIES = 3
"""So often others may be faster before we wait for them."""
_RESERVE = """
WITH wanted AS (
    SELECT place.submission_id FROM peer_review_place AS place
    JOIN unnest(%(ids)s::bigint[], %(done)s::int[], %(leased)s::int[]) WITH ORDINALITY AS best(id, done, leased, rank)
      ON place.submission_id = best.id AND place.done = best.done AND place.leased = best.leased
    WHERE place.readable ORDER BY best.rank LIMIT 1 FOR UPDATE OF place {patience}
), taken AS (
    UPDATE peer_review_place AS place SET leased = place.leased + 1
    FROM wanted WHERE place.submission_id = wanted.submission_id
), kept AS (
    INSERT INTO peer_review_review AS review (submission_id, assignment_id, reviewer_id, role, token, version, state,
        taken_at, lease_until, draft, seconds, comment, weight, credited, hidden_for, reason, note)
    SELECT submission.id, submission.assignment_id, %(person)s, %(role)s, %(token)s, submission.latest, 'reserved',
        %(now)s, %(until)s, '{{}}', 0, '', 1, true, '', '', ''
    FROM wanted JOIN peer_review_submission AS submission ON submission.id = wanted.submission_id
    ON CONFLICT (submission_id, reviewer_id) DO UPDATE
        SET state = 'reserved', taken_at = EXCLUDED.taken_at, lease_until = EXCLUDED.lease_until,
            version = EXCLUDED.version
    RETURNING review.id, review.submission_id
), told AS (
    INSERT INTO peer_review_transition (submission_id, review_id, what, was, became, why, by_id, at)
    SELECT submission_id, id, 'review', '', 'reserved', '', %(person)s, %(now)s FROM kept
)
SELECT id FROM kept
"""


class NothingToRead(Exception):
    """There is nothing to read for you at the moment."""

    def __init__(self, *, credit_kept: bool) -> None:
        super().__init__(credit_kept)
        self.credit_kept = credit_kept
        """All hand-ins are in: what you could not give counts as given."""


class ReviewsNotOpen(Exception):
    """Reviews open later."""

    def __init__(self, opens: datetime) -> None:
        super().__init__(opens)
        self.opens = opens


@dataclass(frozen=True, kw_only=True)
class _Pull:
    """A pull on its way."""

    assignment: Assignment
    person: Person
    role: Role
    standing: Standing
    reviewer: Reviewer
    chance: Chance
    at: datetime


def by_chance(_submission: int) -> float:
    """A number in [0, 1)."""
    return random()  # noqa: S311 -- which of two equally urgent works comes first is no secret


def pull(
    *, assignment: Assignment, person: Person, at: datetime, role: Role = Role.PEER, chance: Chance = by_chance
) -> Review:
    """Reserve the work to read next; who has one reserved gets that one, however often they click.

    Raises ReviewsNotOpen, NothingToRead.
    """
    opens = assignment.reviews_open_at
    if opens is not None and at < opens:
        raise ReviewsNotOpen(opens)
    review, credit_kept = _pull(assignment, person, role, chance, at)
    if review is None:
        raise NothingToRead(credit_kept=credit_kept)
    return review


@transaction.atomic
def _pull(
    assignment: Assignment, person: Person, role: Role, chance: Chance, at: datetime
) -> tuple[Review | None, bool]:
    _one_at_a_time(assignment, person)
    if held := reserved_by(assignment, person):
        return held, False
    asked = _Pull(
        assignment=assignment,
        person=person,
        role=role,
        standing=standing_of(assignment),
        reviewer=reader(assignment.pk, person.pk, role),
        chance=chance,
        at=at,
    )
    if (review_id := _choose_and_reserve(asked)) is None:
        return None, role is Role.PEER and _keep_credit(asked)
    return Review.objects.select_related("submission", "reviewer").get(pk=review_id), False


def reserved_by(assignment: Assignment, person: Person) -> Review | None:
    """The review that a person is writing in an assignment."""
    mine = Review.objects.filter(assignment=assignment, reviewer=person, state=Review.State.RESERVED)
    return mine.exclude(role=Review.Role.STAFF).select_related("submission", "reviewer").first()


def _one_at_a_time(assignment: Assignment, person: Person) -> None:
    """A double click waits for the first one and then finds what it reserved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [assignment.pk % 2**31, person.pk % 2**31])


def _choose_and_reserve(asked: _Pull) -> int | None:
    """The new review's number; None only where nothing is left that this reader may read."""
    terms = asked.standing.terms
    for tries in range(_TRIES):
        # Where many pull at once, the oldest few are locked by others: the same shelf has more.
        few = SHORTLIST * 4**tries
        found = shortlist(asked.assignment.pk, asked.reviewer, now=asked.at, terms=terms, few=few)
        best = ranked([found], reviewer=asked.reviewer, now=asked.at, terms=terms, chance=asked.chance)
        if not best:
            return None
        # No one is served before a contributor who waits as long: what is locked is being served.
        equals = [one for one in best if one.shelf == best[0].shelf]
        if review_id := _reserve(asked, equals, "SKIP LOCKED" if tries < _TRIES - 1 else ""):
            return review_id
    # Others changed every one of them while we waited: look at it afresh.
    return _choose_and_reserve(asked)


def _reserve(asked: _Pull, best: Sequence[Candidate], patience: str) -> int | None:
    """Lock the best that nobody else has locked or changed, and write the lease down, in one statement."""
    values: Mapping[str, int | str | datetime | list[int]] = {
        "ids": [one.submission for one in best],
        "done": [one.done for one in best],
        "leased": [one.leased for one in best],
        "person": asked.person.pk,
        "role": asked.role.value,
        "token": secrets.token_urlsafe(24),
        "now": asked.at,
        "until": lease_until(taken_at=asked.at),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE.format(patience=patience), values)
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _keep_credit(asked: _Pull) -> bool:
    """Where all hand-ins are in and nothing is left to read, what could not be given counts as given."""
    own = lock(
        Place.objects.of_author(asked.person.pk).filter(assignment=asked.assignment).values_list("pk", flat=True)
    )
    over = [place for place in own.values() if asked.standing.over(place.since, asked.at)]
    if not over:
        return False
    given = given_by([asked.person.pk], asked.assignment.pk)[asked.person.pk]
    short = asked.standing.terms.owed - given
    if short > 0:
        waiver, _ = Waiver.objects.get_or_create(
            assignment=asked.assignment, person_id=asked.person.pk, defaults={"reviews": 0, "at": asked.at}
        )
        waiver.reviews += short
        waiver.save(update_fields=["reviews"])
        for place in own.values():
            recredit(place, asked.standing)
    return True
