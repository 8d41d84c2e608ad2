"""Fill a site with learners and weeks of activity, so that no page is empty."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from stoa.accounts.models import Person
from stoa.assessment.actions import Refused, submit
from stoa.catalogue.actions import open_run, teach
from stoa.catalogue.models import Course, Run
from stoa.catalogue.queries import document_of
from stoa.coursedoc import walking
from stoa.coursedoc.model import MoocVideo, Quiz
from stoa.courseware.actions import History, Stretch, announce, keep_histories, say_whether_it_helped, take_note
from stoa.courseware.models import Enrolment
from stoa.courseware.queries import outline_of
from stoa.kernel.tracking import happening
from stoa.site.actions.peers import Author, review_one_another
from stoa.site.actions.people import an_instructor, people
from stoa.site.actions.sayings import say_what_they_think
from stoa.site.rules.answering import answers_to
from stoa.site.rules.crowds import Path, Span, path_of
from stoa.site.rules.films import stretches

TRIES = 3
GOOD_ENOUGH = 0.99
NEWS = (
    ("Welcome to this run", "Begin with the first module; it takes an evening. **Say hello** where you like."),
    ("Captions are ready", "Every MOOC video has captions now. The transcript beside it follows as you watch."),
    ("Stuck is normal", "If a program fails, read its last line first. Then ask: others had the same line."),
)
THOUGHTS = (
    "Read the last line of the error first.",
    "Names are for people, not for the computer.",
    "Try this with my own numbers on Saturday.",
    "This is the part I had wrong in the quiz.",
)

Progress = Callable[[str, int, int], None]


class NoCourse(Exception):
    """There is no course here that learners could take; `stoa import PATH` brings one in."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What is there now."""

    runs: int
    people: int
    enrolments: int
    attempts: int
    reviews: int


def fill(*, course: Course, number: int, seed: int, at: datetime, progress: Progress) -> Filled:
    """Give the course a past, a present and a next run, and people in them; doing it twice changes nothing."""
    crowd = []
    for place, person in enumerate(people(number, seed=seed, at=at - timedelta(days=200))):
        crowd.append(person)
        progress("People", place + 1, number)
    attempts = reviews = 0
    spans = _spans(course, at)
    for run, span in spans:
        _announce(run, span, at=at)
        took_part = _take_part(run, span, crowd, seed=seed, at=at, progress=progress)
        attempts += took_part.attempts
        reviews += took_part.reviews
    runs = [run for run, _ in spans]
    return Filled(
        runs=len(runs),
        people=len(crowd),
        enrolments=Enrolment.objects.filter(run__in=runs).count(),
        attempts=attempts,
        reviews=reviews,
    )


@transaction.atomic
def _spans(course: Course, at: datetime) -> list[tuple[Run, Span]]:
    """The runs with the weeks in which people come to each."""
    now = course.runs.order_by("pk").first()
    if now is None:
        raise NoCourse
    past = _span(at - timedelta(weeks=26))
    following = _span(at + timedelta(weeks=5))
    return [
        (_run(now, "past", past), past),
        (now, _span(at - timedelta(weeks=6))),
        (_run(now, "next", following), following),
    ]


def _span(starts: datetime) -> Span:
    return Span(opens=starts - timedelta(weeks=7), starts=starts, closes=starts + timedelta(weeks=12))


def _run(like: Run, code: str, span: Span) -> Run:
    there = like.course.runs.filter(code=code).first()
    if there:
        return there
    return open_run(
        version=like.version,
        code=code,
        starts_at=_at_nine(span.starts),
        ends_at=_at_nine(span.closes),
        self_paced=like.self_paced,
        time_zone=like.time_zone,
    )


def _at_nine(moment: datetime) -> datetime:
    return moment.replace(hour=9, minute=0, second=0, microsecond=0)


def _announce(run: Run, span: Span, *, at: datetime) -> None:
    """News from before the learners came: nobody gets mails of them."""
    if run.announcements.exists() or run.enrolments.exists():
        return
    instructors = document_of(run.version).instructors
    boss = an_instructor(name=instructors[0].name if instructors else "Ilse Marenko", at=at)
    teach(course=run.course, person=boss)
    for week, (title, text) in enumerate(NEWS):
        when = span.starts + timedelta(days=week * 9)
        if when < at:
            announce(run=run, by=boss, title=title, text=text, at=when)


@dataclass(frozen=True, kw_only=True)
class _Done:
    """What a run's learners did anew."""

    attempts: int
    reviews: int


def _take_part(run: Run, span: Span, crowd: Sequence[Person], *, seed: int, at: datetime, progress: Progress) -> _Done:
    chance = Random(f"{seed}-{run.course.slug}-{run.code}")  # noqa: S311 -- invented people, no secret
    steps = [step.id for step in outline_of(run.version_id).without_hidden.steps]
    share = 0.45 if span.starts < at else 0.12
    there = [person for person in crowd if chance.random() < share]
    ways = {person.pk: path_of(chance, span=span, steps=steps, until=at) for person in there}
    films = _films(run)
    histories = [_history(person, ways[person.pk], films, seed=seed) for person in there]
    enrolments = keep_histories(run=run, histories=histories)
    # Dice of their own: whoever says nothing does the same in the course as before.
    dice = Random(f"{seed}-{run.code}-sayings")  # noqa: S311 -- invented people, no secret
    say_what_they_think(enrolments, ways, steps=len(steps), dice=dice, until=at)
    quizzes = _quizzes(run)
    attempts = 0
    for place, enrolment in enumerate(enrolments):
        attempts += _answer(enrolment, ways[enrolment.person_id], quizzes, chance)
        progress(f"Run {run.code}", place + 1, len(enrolments))
    authors = _authors(enrolments, ways)
    return _Done(attempts=attempts, reviews=review_one_another(run, authors, chance, until=at))


def _authors(enrolments: Sequence[Enrolment], ways: Mapping[int, Path]) -> dict[str, list[Author]]:
    """Who did which step, when, and how well."""
    found: dict[str, list[Author]] = defaultdict(list)
    for enrolment in enrolments:
        way = ways[enrolment.person_id]
        for step, when in way.done:
            found[step].append(Author(enrolment=enrolment, at=when, skill=way.skill))
    return found


def _history(person: Person, way: Path, films: Mapping[str, Sequence[MoocVideo]], *, seed: int) -> History:
    chance = Random(f"films-{seed}-{person.email}")  # noqa: S311 -- invented people, no secret
    return History(
        person=person,
        enrolled_at=way.enrolled_at,
        done=way.done,
        watched=tuple(_watched(chance, way, films)),
        last_step=way.last_step,
        last_at=way.last_at,
        withdrew_at=way.left_at,
    )


def _watched(chance: Random, way: Path, films: Mapping[str, Sequence[MoocVideo]]) -> Iterator[Stretch]:
    """The MOOC videos of the steps that the learner did, before each was done."""
    for step, when in way.done:
        for film in films.get(step, ()):
            duration = film.duration or 0.0
            pieces = list(stretches(chance, duration))
            begun = when - timedelta(seconds=sum(ends - begins + _PAUSE for begins, ends in pieces))
            for begins, ends in pieces:
                yield Stretch(item_id=film.id, at=begun, begins=begins, ends=ends, duration=duration)
                begun += timedelta(seconds=ends - begins + _PAUSE)


_PAUSE = 5.0
"""Seconds between two stretches."""


def _films(run: Run) -> dict[str, list[MoocVideo]]:
    """Step id to the MOOC videos in it whose length is known."""
    found = {
        place.step.id: [item for item in place.step.items if isinstance(item, MoocVideo) and item.duration]
        for place in walking.steps(document_of(run.version))
    }
    return {step: films for step, films in found.items() if films}


def _quizzes(run: Run) -> dict[str, list[Quiz]]:
    """Step id to the quizzes in it."""
    found = {
        place.step.id: [item for item in place.step.items if isinstance(item, Quiz) and not item.hidden]
        for place in walking.steps(document_of(run.version))
    }
    return {step: quizzes for step, quizzes in found.items() if quizzes}


@transaction.atomic
def _answer(enrolment: Enrolment, way: Path, quizzes: dict[str, list[Quiz]], chance: Random) -> int:
    """Hand in the quizzes of the steps that the learner did, and say a word here and there."""
    attempts = 0
    for step, when in way.done:
        for quiz in quizzes.get(step, ()):
            attempts += hand_in(enrolment, quiz, chance, skill=way.skill, at=when)
        if chance.random() < 0.02:  # noqa: PLR2004 -- one step in fifty
            take_note(enrolment=enrolment, step_id=step, seconds=None, text=chance.choice(THOUGHTS), at=when)
        if chance.random() < 0.06:  # noqa: PLR2004 -- one step in seventeen
            say_whether_it_helped(enrolment=enrolment, step_id=step, helpful=chance.random() < way.skill, at=when)
    return attempts


def hand_in(enrolment: Enrolment, quiz: Quiz, chance: Random, *, skill: float, at: datetime) -> int:
    """Answer a quiz until it is right, or patience ends; the number of attempts."""
    for attempt in range(min(TRIES, quiz.attempts or TRIES)):
        answers = answers_to(quiz, chance, skill=skill)
        when = at - timedelta(minutes=TRIES - attempt)
        try:
            with happening(when):
                made = submit(enrolment=enrolment, item_id=quiz.id, answers=answers, at=when)
        except Refused:
            return attempt
        if made.share > GOOD_ENOUGH or chance.random() < 0.4:  # noqa: PLR2004 -- two in five go on
            return attempt + 1
    return TRIES
