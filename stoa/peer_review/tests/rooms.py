"""Classes of the present, in front of the pages: what was handed in days ago is read and scored now."""

from contextlib import suppress
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client

from stoa.coursedoc import model as coursedoc
from stoa.kernel.clock import now
from stoa.peer_review import actions
from stoa.peer_review.models import Review
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.tests.classes import Class
from stoa.peer_review.tests.makers import a_run_of, an_assignment
from stoa.peer_review.tests.reading import words

WEEK = timedelta(days=7)
SENTENCES = (
    "Stripping the commas in line {n} before counting is clever.",
    "I ran your program on the harbour timetable and got {n} long ones.",
    "Could the loop of line {n} become a function of its own?",
    "Your story tells honestly where you were stuck for {n} minutes.",
    "A capital letter at the start fooled mine too; yours lowers all {n}.",
    "What happens with an empty text? Try it with {n} spaces.",
    "The name longest says at once what sits there, unlike x in line {n}.",
    "Perhaps print a short heading above these {n} figures.",
    "Reading it aloud took me {n} seconds, so the order makes sense.",
    "Nice that you tested against a poem of {n} verses.",
    "Hyphens still count as letters here, see word {n}.",
    "With a comment beside row {n} a stranger would follow faster.",
)
"""Sentences so unlike each other that no two reviews look copied."""


def a_class_of(*names: str, ago: timedelta = timedelta(hours=6), **facts: object) -> Class:
    """Learners who handed in so long ago, the first first; the deadline is ahead."""
    work: coursedoc.Assignment = an_assignment("word-counter", due=now() + timedelta(days=3), **facts)
    room = Class(run=a_run_of(work))
    for number, name in enumerate(names):
        room.joins(name, at=now() - ago + timedelta(minutes=number))
    return room


def a_scored_class(*names: str, **facts: object) -> Class:
    """Learners who handed in a week ago, read one another's work, and have their scores."""
    room = a_class_of(*names, ago=WEEK + timedelta(hours=1), **facts)
    for number, name in enumerate(names):
        for turn in range(min(3, len(names) - 1)):
            at = now() - WEEK + timedelta(hours=number + 1, minutes=turn)
            # Whoever comes last may find all that they may read well read already.
            with suppress(actions.NothingToRead):
                room.reviews(name, at=at, level=(-1, 1, -1)[turn])
    actions.tick(at=now())
    return room


def says(client: Client, room: Class, name: str, page: str = "") -> str:
    """What the page says to the learner."""
    client.force_login(room.person(name))
    answer = client.get(room.authors[name].address(page), follow=True)
    return words(answer.content.decode().split("<main", 1)[1])


def takes(client: Client, room: Class, name: str) -> Review:
    """The learner asks for the next work by its button; the review that opens."""
    client.force_login(room.person(name))
    answer = client.post(room.authors[name].address("reviews/"))
    token = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    return Review.objects.get(token=token)


def sends(client: Client, room: Class, name: str, review: Review, **changes: str) -> HttpResponse:
    """The learner fills the form in and sends it; changes replace what a good review says."""
    client.force_login(room.person(name))
    fields = {"seconds": "300", "overall": "Next step: put the counting into a function."}
    for one in content_of(room.assignment.published).criteria:
        fields[f"level-{one.id}"] = one.levels[-1].id
        fields[f"comment-{one.id}"] = sentence(room.reviews_written)
        room.reviews_written += 1
    address = room.authors[name].address(f"reviews/{review.token}/")
    return client.post(address, {**fields, **changes})  # type: ignore[return-value]  # a response all the same


def sentence(number: int) -> str:
    """A sentence of a review; the next dozen are unlike it."""
    return SENTENCES[number % len(SENTENCES)].format(n=number + 3)
