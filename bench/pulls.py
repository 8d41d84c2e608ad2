"""Pulls from a long queue: what one costs, then many reviewers at once, served by processes of few threads as in life.

Called by bench.peer_review inside a site of its own. Reviewers sit in as many processes as the web part has workers
(bench.pull_readers), each with a connection for each thread. Told are: the CPU of a pull, here and in PostgreSQL; one
reviewer after another; a pull as a reviewer waits for it at a steady load; the last of all when everyone clicks in the
same instant; and threads that pull as fast as they can.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from django.core.management import call_command
from django.db import connection

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from bench.pull_readers import WARM
from bench.pull_site import NOW, fill, wrong_places
from bench.site import ROOT
from stoa.accounts.models import Person
from stoa.peer_review import actions
from stoa.peer_review.models import Assignment, Review
from stoa.run.parts import THREADS, WORKERS

ALONE = 300
STARTING = 4.0
"""Seconds that the processes of readers get to start."""


def main(count: int, reviewers: int, seconds: float) -> None:
    """Fill, measure, tell."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    assignment = fill(count)
    people = list(Person.objects.filter(email__startswith="p").order_by("-pk")[: ALONE + 3 * reviewers + 100])
    alone = one_after_another(assignment, people[:ALONE])
    each = reviewers + WORKERS * THREADS
    rest = [person.pk for person in people[ALONE:]]
    steady = at_once("steady", assignment, rest[:each], seconds)
    together = at_once("instant", assignment, rest[each : 2 * each], STARTING)
    busy = at_once("busy", assignment, rest[2 * each : 3 * each], seconds / 2)
    leases = Review.objects.values_list("submission_id", "reviewer_id")
    figures = {
        "open": count,
        "reviewers": reviewers,
        "processes": WORKERS,
        "threads_each": THREADS,
        **alone,
        "steady_pulls": len(steady),
        **told("steady", steady),
        **told("one_instant", together),
        "one_instant_ms_last": round(max(together) * 1000, 2),
        "busy_pulls_per_second": round(len(busy) / (seconds / 2)),
        **told("busy", busy),
        "leases": len(leases),
        "same_lease_twice": len(leases) - len(set(leases)),
        "places_wrong": wrong_places(),
    }
    print(
        f"{count:,} open, {reviewers} reviewers: a pull takes {alone['cpu_ms']} ms of CPU, "
        f"{alone['database_cpu_ms']} more in PostgreSQL; "
        f"alone p99 {alone['alone_ms_p99']} ms, steady p50 {figures['steady_ms_p50']} p99 "
        f"{figures['steady_ms_p99']} ms over {len(steady)} pulls; all in one instant: p50 "
        f"{figures['one_instant_ms_p50']}, the last after {figures['one_instant_ms_last']} ms"
    )
    print(json.dumps(figures))


def one_after_another(assignment: Assignment, people: Sequence[Person]) -> dict[str, float]:
    """One reviewer pulls after another; what was pulled is given back, so that the next one finds new work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    times, here, there = [], [], []
    for person in people:
        cpu, behind, before = time.thread_time(), _cpu_of(backend), time.perf_counter()
        review = actions.pull(assignment=assignment, person=person, at=NOW)
        times.append(time.perf_counter() - before)
        here.append(time.thread_time() - cpu)
        there.append(_cpu_of(backend) - behind)
        actions.decline(review=review, reason=Review.Reason.NO_TIME, at=NOW)
    return {
        "cpu_ms": round(median(here[WARM:]) * 1000, 2),
        "database_cpu_ms": round(median(there[WARM:]) * 1000, 2),
        **told("alone", times[WARM:]),
    }


def at_once(way: str, assignment: Assignment, people: Sequence[int], seconds: float) -> list[float]:
    """The people in as many processes as the web part has: how long each pull took."""
    start = time.time() + STARTING
    parts = [people[number::WORKERS] for number in range(WORKERS)]
    words = [way, str(assignment.pk), str(seconds), str(start)]
    command = [sys.executable, "-m", "bench.pull_readers", *words]
    processes = [
        subprocess.Popen([*command, *map(str, part)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for part in parts
    ]
    answers = [process.communicate()[0] for process in processes]
    return [one for answer in answers for one in json.loads(answer)]


def told(name: str, times: Sequence[float]) -> dict[str, float]:
    """In milliseconds."""
    return {
        f"{name}_ms_p50": round(median(times) * 1000, 2),
        f"{name}_ms_p99": round(quantiles(times, n=100)[98] * 1000, 2),
    }


def _cpu_of(pid: int) -> float:
    """Seconds; finer than the clock ticks of /proc/…/stat."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
