"""Invented learners answer what they are asked about a run, by the same actions as everybody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from stoa.courseware.models import Enrolment
from stoa.insights.actions import Ended, Survey, answer, ask, skip
from stoa.kernel import tracking
from stoa.site.rules.crowds import Path
from stoa.site.rules.sayings import by_mail, intent_of, when_through

QUIET, LEFT = timedelta(days=28), timedelta(days=3)
MOMENT, EVENING = timedelta(minutes=1), timedelta(hours=7)


@transaction.atomic
def say_what_they_think(
    enrolments: Sequence[Enrolment], ways: Mapping[int, Path], *, steps: int, dice: Random, until: datetime
) -> None:
    """What each came for, and how it ended for those for whom it has by then."""
    for enrolment in enrolments:
        way = ways[enrolment.person_id]
        share = len(way.done) / steps if steps else 0.0
        _on_the_way_in(enrolment, way.enrolled_at, intent_of(dice, share=share))
        _on_the_way_out(enrolment, way, dice, finished=len(way.done) == steps, until=until)


def _on_the_way_in(enrolment: Enrolment, at: datetime, intent: str | None) -> None:
    _at(at, lambda: ask(enrolment=enrolment, survey=Survey.ENROLMENT, at=at))
    if intent:
        _say(enrolment, Survey.ENROLMENT, {"intent": intent}, at + MOMENT)
    elif intent == "":
        skip(enrolment=enrolment, survey=Survey.ENROLMENT, at=at + MOMENT)


def _on_the_way_out(enrolment: Enrolment, way: Path, dice: Random, *, finished: bool, until: datetime) -> None:
    ended, asked_at = _end(way, finished=finished)
    said = when_through(dice) if finished else by_mail(dice)
    answered_at = asked_at + (MOMENT if finished else EVENING)
    if asked_at < until:
        _at(asked_at, lambda: ask(enrolment=enrolment, survey=Survey.EXIT, at=asked_at, ended=ended))
    if said and answered_at < until:
        _say(enrolment, Survey.EXIT, said, answered_at)


def _end(way: Path, *, finished: bool) -> tuple[Ended, datetime]:
    if finished:
        return Ended.COMPLETED, way.last_at
    return (Ended.LEFT, way.left_at + LEFT) if way.left_at else (Ended.STOPPED, way.last_at + QUIET)


def _say(enrolment: Enrolment, survey: Survey, said: Mapping[str, str], at: datetime) -> None:
    _at(at, lambda: answer(enrolment=enrolment, survey=survey, said=said, at=at))


def _at(moment: datetime, act: Callable[[], object]) -> None:
    with tracking.happening(moment):
        act()
