"""Asks the engine's process for figures, over its socket; remembers the last answers for when it is away."""

import hashlib
import logging
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.core.cache import cache

from stoa.insights.engine.asking.door import BadFrame, ask, door, key
from stoa.insights.rules.answers import (
    Answer,
    Cell,
    CoursePage,
    Definitions,
    Harvested,
    Headline,
    Media,
    Overview,
    System,
    Table,
    Trend,
)
from stoa.insights.rules.dimensions import Choice, View
from stoa.insights.rules.questions import Asked, Question
from stoa.insights.rules.wire import NotWhatItSays, read, written
from stoa.kernel.clock import now

log = logging.getLogger(__name__)
A = TypeVar("A", bound=Answer)

PATIENCE: Final = 10.0
REMEMBERED: Final = 30 * 24 * 3600
_REFUSED: Final = b"!"
#: Answers larger than this are not remembered.
_LARGEST: Final = 512 * 1024
_ONCE_IN: Final = timedelta(minutes=1)
_MOST_KEPT: Final = 4096
_kept: dict[str, datetime] = {}


class FiguresUnavailable(Exception):
    """Figures are counted by a process of their own, which is away: `stoa up` starts it, or `stoa insights follow`."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """The last answer that there was to a question, and when it was given."""

    answer: Answer
    at: datetime


def overview(choice: Choice, view: View, *, own: tuple[str, ...] | None = None) -> Overview:
    """A cross-filter page. The team view shows the courses `own`, all of them where that is None."""
    return _asked(Overview, Question(asked=Asked.OVERVIEW, choice=choice, view=view, own=own))


def headline() -> Headline:
    """The five counters of the whole site."""
    return _asked(Headline, Question(asked=Asked.HEADLINE))


def trend(view: View = View.PUBLIC) -> Trend:
    """Participants, countries, goals and topics by month."""
    return _asked(Trend, Question(asked=Asked.TREND, view=view))


def course(course_id: str) -> CoursePage:
    """What the team of a course sees of it; the caller has made sure that it is the team who asks."""
    return _asked(CoursePage, Question(asked=Asked.COURSE, name=course_id, view=View.TEAM, own=(course_id,)))


def table(name: str, choice: Choice, view: View, *, own: tuple[str, ...] | None = None, parquet: bool = False) -> Table:
    """A table to take along: its rows, or (in `file`, base64) a Parquet file of them; and the SQL that made them."""
    form = "parquet" if parquet else "rows"
    return _asked(Table, Question(asked=Asked.TABLE, name=name, choice=choice, view=view, own=own, form=form))


def parquet(columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> bytes:
    """The rows as a Parquet file; pages load nothing that could write one."""
    question = Question(asked=Asked.PARQUET, columns=columns, rows=rows)
    return b64decode(read(Table, _reply(written(question))).file)


def definitions() -> Definitions:
    """Every metric of every table, each defined once."""
    return _asked(Definitions, Question(asked=Asked.DEFINITIONS))


def harvested(course_id: str) -> Harvested:
    """Pairs of accounts that a person should look at; the caller has made sure that it is the team who asks."""
    # Names are not kept for the time when the engine is away.
    return read(Harvested, _reply(written(Question(asked=Asked.HARVESTED, name=course_id, view=View.TEAM))))


def cohorts(course_ids: Sequence[str]) -> Table:
    """Runs of a course beside one another, week by week since their start; it is the team who asks."""
    return _asked(Table, Question(asked=Asked.COHORTS, own=tuple(course_ids), view=View.TEAM))


def course_sql(course_id: str, part: str) -> Table:
    """What makes one table of a course page, with all that it stands on; it is the team who asks."""
    return _asked(Table, Question(asked=Asked.COURSE_SQL, name=course_id, part=part, view=View.TEAM, own=(course_id,)))


def media(since: str, view: View = View.TEAM, *, own: tuple[str, ...] | None = None) -> Media:
    """Where media reach their learners, in the last day or month (`rules.media`)."""
    return _asked(Media, Question(asked=Asked.MEDIA, name=since, view=view, own=own))


def system() -> System:
    """How the machinery does."""
    return _asked(System, Question(asked=Asked.SYSTEM, view=View.TEAM))


def last_known(question: Question) -> Remembered | None:
    """The answer of before, for a page that says when it was given; None where nobody has asked yet."""
    kept = cache.get(_name_of(written(question)))
    if kept is None:
        return None
    at, said = kept
    try:
        return Remembered(answer=read(question.asked.answer, said), at=at)
    except NotWhatItSays:
        return None


def _asked(kind: type[A], question: Question) -> A:
    words = written(question)
    said = _reply(words)
    answer = read(kind, said)
    _remember(words, said)
    return answer


def _reply(words: bytes) -> bytes:
    try:
        said = ask(door(), words, signed_with=key(), patience=PATIENCE)
    except (OSError, BadFrame) as reason:
        raise FiguresUnavailable(f"{FiguresUnavailable.__doc__} ({reason})") from reason
    if said.startswith(_REFUSED):
        raise FiguresUnavailable(said.removeprefix(_REFUSED).decode())
    return said


def _remember(words: bytes, said: bytes) -> None:
    """Keep the answer, in each process once a minute: keeping is a write into the database."""
    name, at = _name_of(words), now()
    if len(said) > _LARGEST or (name in _kept and at - _kept[name] < _ONCE_IN):
        return
    if len(_kept) > _MOST_KEPT:
        _kept.clear()
    _kept[name] = at
    cache.set(name, (at, said), REMEMBERED)


def _name_of(words: bytes) -> str:
    return f"insights:{hashlib.sha256(words).hexdigest()}"
