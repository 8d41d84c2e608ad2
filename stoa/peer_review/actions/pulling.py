"""Reserving the next work to read: one question, the rules choose, one statement reserves. Nobody waits for a row."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain, repeat
from random import random
from typing import Final

from django.db import IntegrityError, connection, transaction

from stoa.accounts.models import Person
from stoa.peer_review.actions.moving import given_by, lock, recredit
from stoa.peer_review.models import Assignment, Place, Review, Waiver
from stoa.peer_review.queries.shortlists import MAY, Asker, Shortlist, Value, barriers, shortlist, uncertain
from stoa.peer_review.queries.terms import Standing
from stoa.peer_review.rules.allocation import Candidate, Chance, Reviewer, Role, leading, lease_until

_PATIENT_TRIES: Final = 2
"""So often others may be faster before we wait for them."""
_KNOWN: Final = (
    "id",
    "submission_id",
    "assignment_id",
    "reviewer_id",
    "role",
    "token",
    "version",
    "state",
    "taken_at",
    "lease_until",
)
# Where the few chosen are all in others' hands, the same shelf has more: the oldest that nobody holds.
_RESERVE: Final = """
WITH chosen AS (
    SELECT place.submission_id FROM peer_review_place AS place
    JOIN unnest(%(ids)s::bigint[], %(done)s::int[], %(leased)s::int[]) WITH ORDINALITY AS best(id, done, leased, rank)
      ON place.submission_id = best.id AND place.done = best.done AND place.leased = best.leased
    WHERE place.readable ORDER BY best.rank LIMIT 1 FOR UPDATE OF place {patience}
), next AS (
    SELECT place.submission_id FROM peer_review_place AS place
    WHERE %(walk)s AND NOT EXISTS (SELECT FROM chosen) AND place.credit = %(credit)s AND place.on_time = %(on_time)s
      AND place.effective = %(effective)s AND {may}
    ORDER BY place.since, place.submission_id LIMIT 1 FOR UPDATE OF place SKIP LOCKED
), wanted AS (
    SELECT submission_id FROM chosen UNION ALL SELECT submission_id FROM next
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
    RETURNING {known}
), told AS (
    INSERT INTO peer_review_transition (submission_id, review_id, what, was, became, why, by_id, at)
    SELECT submission_id, id, 'review', '', 'reserved', '', %(person)s, %(now)s FROM kept
)
SELECT * FROM kept
"""
_AT_ONCE, _WAITING = (
    _RESERVE.format(
        patience=patience,
        known=", ".join(f"review.{name}" for name in _KNOWN),
        may=MAY.format(
            seen="%(seen)s::bigint[]",
            forbidden="%(forbidden)s::bigint[]",
            clusters="%(clusters)s::text[]",
            languages="%(languages)s::text[]",
            second="%(second)s::text[]",
        ),
    )
    for patience in ("SKIP LOCKED", "")
)


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


def by_chance(_submission: int) -> float:
    """A number in [0, 1)."""
    return random()  # noqa: S311 -- which of two equally urgent works comes first is no secret


def pull(
    *, assignment: Assignment, person: Person, at: datetime, role: Role = Role.PEER, chance: Chance = by_chance
) -> Review:
    """Reserve the work to read next; who has one reserved gets that one, however often they click.

    Outside any transaction it takes one question and one statement, which is its own transaction: the row is locked no
    longer than it takes to write the lease down.

    Raises ReviewsNotOpen, NothingToRead.
    """
    opens = assignment.reviews_open_at
    if opens is not None and at < opens:
        raise ReviewsNotOpen(opens)
    if role is Role.PEER and not assignment.reviews_to_get:
        # Staff read it: no peer is asked to.
        raise NothingToRead(credit_kept=False)
    asker = Asker(assignment=assignment, person=person, role=role, at=at)
    for patience in chain([_AT_ONCE] * _PATIENT_TRIES, repeat(_WAITING)):
        found, best = _choice(asker, chance)
        if found.held is not None:
            return Review.objects.select_related("submission", "reviewer").get(pk=found.held)
        if not best:
            break
        if review := _reserve(asker, found, best, patience):
            return review
        # Others were faster, or this was a double click: look at it afresh.
    raise NothingToRead(credit_kept=role is Role.PEER and _keep_credit(asker, found.standing))


def reserved_by(assignment: Assignment, person: Person) -> Review | None:
    """The review that a person is writing in an assignment."""
    mine = Review.objects.filter(assignment=assignment, reviewer=person, state=Review.State.RESERVED)
    return mine.exclude(role=Review.Role.STAFF).select_related("submission", "reviewer").first()


def _choice(asker: Asker, chance: Chance) -> tuple[Shortlist, Sequence[Candidate]]:
    """What the rules choose: the works of one shelf, the most valuable first."""
    for look in (shortlist, uncertain) if asker.role is Role.PEER else (shortlist,):
        found = look(asker)
        best = leading(found.shelves, reviewer=found.reader, now=asker.at, terms=found.standing.terms, chance=chance)
        if best or found.held is not None:
            break
    return found, best


def _reserve(asker: Asker, found: Shortlist, best: Sequence[Candidate], statement: str) -> Review | None:
    """Lock the best that nobody else has locked or changed, and write the lease down, in one statement."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, {**_lease(asker), **_wishes(best, found), **_reader(asker, found.reader)})
            row = cursor.fetchone()
    except IntegrityError:
        # The other half of a double click has reserved something: no one has two at a time.
        return None
    if row is None:
        return None
    review = Review.from_db(connection.alias, _KNOWN, row)
    review.reviewer = asker.person
    return review


def _lease(asker: Asker) -> Mapping[str, Value]:
    return {
        "person": asker.person.pk,
        "role": asker.role.value,
        "token": secrets.token_urlsafe(24),
        "now": asker.at,
        "until": lease_until(taken_at=asker.at),
    }


def _wishes(best: Sequence[Candidate], found: Shortlist) -> Mapping[str, Value]:
    return {
        "ids": [one.submission for one in best],
        "done": [one.done for one in best],
        "leased": [one.leased for one in best],
        "credit": best[0].credit.value,
        "on_time": best[0].on_time,
        "effective": best[0].effective,
        "walk": best[0].effective < found.standing.terms.wanted,
    }


def _reader(asker: Asker, reader: Reviewer) -> Mapping[str, Value]:
    return {
        **barriers(asker),
        "seen": list(reader.seen),
        "forbidden": list(reader.apart | reader.read_by | {reader.person}),
        "clusters": list(reader.clusters),
        "languages": list(reader.languages),
        "second": list(reader.second_languages),
    }


@transaction.atomic
def _keep_credit(asker: Asker, standing: Standing) -> bool:
    """Where all hand-ins are in and nothing is left to read, what could not be given counts as given."""
    own = lock(
        Place.objects.of_author(asker.person.pk).filter(assignment=asker.assignment).values_list("pk", flat=True)
    )
    over = [place for place in own.values() if standing.over(place.since, asker.at)]
    if not over:
        return False
    given = given_by([asker.person.pk], asker.assignment.pk)[asker.person.pk]
    short = standing.terms.owed - given
    if short > 0:
        waiver, _ = Waiver.objects.get_or_create(
            assignment=asker.assignment, person_id=asker.person.pk, defaults={"reviews": 0, "at": asker.at}
        )
        waiver.reviews += short
        waiver.save(update_fields=["reviews"])
        for place in own.values():
            recredit(place, standing)
    return True
