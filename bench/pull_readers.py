"""Reviewers of bench.pulls, served by a process of their own as a worker of the web part does: by few threads.

python -m bench.pull_readers steady|instant|busy ASSIGNMENT SECONDS START PERSON…
"""

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

from django.db import connection

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from bench.pull_site import NOW
from stoa.accounts.models import Person
from stoa.peer_review import actions
from stoa.peer_review.models import Assignment, Review
from stoa.run.parts import THREADS

THINK = 5.0
"""Seconds; half an hour in life, so that 50 stand for 18,000 who read at the same time."""

WARM = 8
"""Pulls after which a connection has planned its statements for good."""


def main(words: Sequence[str]) -> None:
    """Pull as asked, from the start on; write down how long each pull took."""
    way, assignment_id, seconds, moment, *people = words
    assignment = Assignment.objects.select_related("run__course", "published").get(pk=assignment_id)
    readers = list(Person.objects.filter(pk__in=people).order_by("pk"))
    connection.close()
    start, until = float(moment), float(moment) + float(seconds)
    if way == "busy":
        print(json.dumps(busy(assignment, readers, start=start, until=until)))
        return
    spare, clicking = readers[:THREADS], readers[THREADS:]
    if way == "instant":
        print(json.dumps(served(assignment, spare, [(start, person) for person in clicking], back=False)))
        return
    clicks = sorted(thinking(clicking, start, until), key=lambda click: click[0])
    print(json.dumps(served(assignment, spare, clicks, back=True)))


def timed(assignment: Assignment, person: Person) -> float:
    """One pull, in seconds; what was pulled is given back, so that the next one finds new work."""
    before = time.perf_counter()
    review = actions.pull(assignment=assignment, person=person, at=NOW)
    took = time.perf_counter() - before
    actions.decline(review=review, reason=Review.Reason.NO_TIME, at=NOW)
    return took


def thinking(people: Sequence[Person], start: float, until: float) -> list[tuple[float, Person]]:
    """When everyone clicks who thinks, pulls, gives back, and thinks again."""
    clicks = []
    for person in people:
        chance, moment = Random(person.pk), start
        while (moment := moment + chance.expovariate(1 / THINK)) < until:
            clicks.append((moment, person))
    return clicks


def served(
    assignment: Assignment, spare: Sequence[Person], clicks: Sequence[tuple[float, Person]], *, back: bool
) -> list[float]:
    """How long after each click its work was there; a click waits until one of the worker's threads is free."""
    taken: list[float] = []

    def warm(person: Person) -> None:
        for _ in range(WARM):
            timed(assignment, person)
        time.sleep(0.2)

    def click(moment: float, person: Person) -> None:
        review = actions.pull(assignment=assignment, person=person, at=NOW)
        taken.append(time.time() - moment)
        if back:
            actions.decline(review=review, reason=Review.Reason.NO_TIME, at=NOW)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(warm, spare))
        for moment, person in clicks:
            time.sleep(max(0.0, moment - time.time()))
            pool.submit(click, moment, person)
    return taken


def busy(assignment: Assignment, readers: list[Person], *, start: float, until: float) -> list[float]:
    """The threads pull as fast as they can; giving back is not counted."""

    def read(few: list[Person]) -> list[float]:
        times: list[float] = []
        time.sleep(max(0.0, start - time.time()))
        while time.time() < until:
            times += [timed(assignment, person) for person in few]
        connection.close()
        return times[WARM:]

    with ThreadPoolExecutor(THREADS) as pool:
        parts = pool.map(read, [readers[number::THREADS] for number in range(THREADS)])
        return [one for times in parts for one in times]


if __name__ == "__main__":
    main(sys.argv[1:])
