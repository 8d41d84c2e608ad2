"""Pulls from a long queue: filled by one statement each, then asked for by many reviewers at once.

Called by bench.peer_review inside a site of its own. Reviewers are processes' threads with a connection each, as web
workers have them: each pulls, hands the review in, thinks a moment, pulls again. Three figures: the database's share of
a pull, a pull as a reviewer waits for it at a steady load, and the last of all when everyone clicks at the same time.
"""

import json
import os
import secrets
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median, quantiles
from threading import Barrier

import django
from django.core.management import call_command
from django.db import connection

django.setup()

from stoa.accounts.models import Person  # noqa: E402 -- models only after Django is set up
from stoa.peer_review import actions  # noqa: E402 -- as above
from stoa.peer_review.models import Assignment, Review  # noqa: E402 -- as above
from stoa.peer_review.tests.makers import a_run_of  # noqa: E402 -- as above

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
THINK = 5.0
"""Seconds; half an hour in life, so that 50 stand for 18,000 who read at the same time."""
PEOPLE = """
INSERT INTO accounts_person (password, is_superuser, email, display_name, language, time_zone, low_data, theme,
    is_active, is_staff, joined_at)
SELECT '', false, 'p' || n || '@example.org', 'P ' || n, '', 'UTC', false, '', true, false, %(now)s
FROM generate_series(1, %(count)s) AS n
"""
ENROLMENTS = "INSERT INTO courseware_enrolment (person_id, run_id, at) SELECT id, %(run)s, %(now)s FROM accounts_person"
WORKS = """
INSERT INTO peer_review_submission (assignment_id, enrolment_id, token, round, state, on_time, submitted_at, t0,
    promised_at, latest, language, screen, cluster, verdict)
SELECT %(assignment)s, id, 't' || id, 1, 'open', true, %(now)s - random() * interval '6 days',
    %(now)s - random() * interval '6 days', %(now)s + interval '7 days', 1, '', 'clear', '', ''
FROM courseware_enrolment WHERE run_id = %(run)s ORDER BY id LIMIT %(count)s
"""
PLACES = """
INSERT INTO peer_review_place (submission_id, assignment_id, authors, state, readable, since, on_time, credit, done,
    leased, language, cluster, has_strong, near_line, spread, climbed, paused_before, staff_read)
SELECT submission.id, submission.assignment_id, ARRAY[enrolment.person_id], 'open', true, submission.t0,
    random() < .97, (random() * 2)::int, (random() * 2)::int, 0, '', '', false, false, 0, 0, false, false
FROM peer_review_submission AS submission JOIN courseware_enrolment AS enrolment ON enrolment.id = enrolment_id
"""


def main(count: int, reviewers: int, seconds: float) -> None:
    """Fill, measure, tell."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    assignment = fill(count)
    people = list(Person.objects.filter(email__startswith="p").order_by("-pk")[: reviewers + 300])
    readers = people[:reviewers]
    cpu = time.thread_time()
    alone = [timed(assignment, person) for person in people[reviewers:]]
    cpu = (time.thread_time() - cpu) / len(alone)
    steady = at_once(assignment, readers, seconds)
    together = in_one_instant(assignment, readers)
    leases = Review.objects.values_list("submission_id", "reviewer_id")
    figures = {
        "open": count,
        "reviewers": reviewers,
        "pulls": len(steady),
        "cpu_ms_pull_and_decline": round(cpu * 1000, 2),
        "alone_ms_p50": round(median(alone) * 1000, 2),
        "alone_ms_p99": percentile(alone, 99),
        "steady_ms_p50": round(median(steady) * 1000, 2),
        "steady_ms_p99": percentile(steady, 99),
        "one_instant_ms_p50": round(median(together) * 1000, 2),
        "one_instant_ms_last": round(max(together) * 1000, 2),
        "leases": len(leases),
        "same_lease_twice": len(leases) - len(set(leases)),
        "places_wrong": wrong_places(),
    }
    print(
        f"{count:,} open, {reviewers} reviewers: alone p99 {figures['alone_ms_p99']} ms, steady p50 "
        f"{figures['steady_ms_p50']} p99 {figures['steady_ms_p99']} ms over {len(steady)} pulls, "
        f"all in one instant: the last after {figures['one_instant_ms_last']} ms"
    )
    print(json.dumps(figures))


def fill(count: int) -> Assignment:
    """An assignment with so much open work, of all ages and counts."""
    run = a_run_of()
    assignment = Assignment.objects.get(run=run)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=NOW - timedelta(days=1))
    values: dict[str, int | datetime] = {"now": NOW, "run": run.pk, "assignment": assignment.pk, "count": count}
    with connection.cursor() as cursor:
        for statement in (PEOPLE, ENROLMENTS, WORKS, PLACES):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
    return Assignment.objects.select_related("run__course", "published").get(pk=assignment.pk)


def timed(assignment: Assignment, person: Person) -> float:
    """One pull, in seconds; what was pulled is given back, so that the next one finds new work."""
    before = time.perf_counter()
    review = actions.pull(assignment=assignment, person=person, at=NOW)
    took = time.perf_counter() - before
    actions.decline(review=review, reason=Review.Reason.NO_TIME, at=NOW)
    return took


def at_once(assignment: Assignment, readers: list[Person], seconds: float) -> list[float]:
    """Everyone pulls, gives back, thinks, and pulls again."""

    def read(person: Person) -> list[float]:
        chance, times, until = Random(person.pk), [], time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(chance.expovariate(1 / THINK))
            times.append(timed(assignment, person))
        connection.close()
        return times

    with ThreadPoolExecutor(len(readers)) as pool:
        return [one for times in pool.map(read, readers) for one in times]


def in_one_instant(assignment: Assignment, readers: list[Person]) -> list[float]:
    """Everyone clicks in the same instant."""
    start = Barrier(len(readers))

    def click(person: Person) -> float:
        Person.objects.filter(pk=person.pk).exists()
        start.wait()
        before = time.perf_counter()
        actions.pull(assignment=assignment, person=person, at=NOW)
        took = time.perf_counter() - before
        connection.close()
        return took

    with ThreadPoolExecutor(len(readers)) as pool:
        return list(pool.map(click, readers))


def wrong_places() -> int:
    """Places that count more or fewer live leases than there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM peer_review_place AS place WHERE leased <> (SELECT count(*) FROM peer_review_review"
            " AS review WHERE review.submission_id = place.submission_id AND review.state = 'reserved')"
        )
        return int(cursor.fetchone()[0])


def percentile(times: list[float], which: int) -> float:
    """In milliseconds."""
    return round(quantiles(times, n=100)[which - 1] * 1000, 2)


if __name__ == "__main__":
    os.environ.setdefault("STOA_SECRET_KEY", secrets.token_urlsafe(50))
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
