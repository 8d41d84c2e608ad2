"""Where MOOC videos reach their learners: tries and failures by country, with participation beside them (R093)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from textwrap import dedent
from typing import Final

import duckdb
import numpy as np

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.kinds import Kind
from stoa.insights.rules.answers import Counts, Media, MediaGroup
from stoa.insights.rules.dimensions import UNKNOWN, Choice, Dimension
from stoa.insights.rules.media import DAYS
from stoa.insights.rules.questions import Question
from stoa.insights.rules.suppression import Hidden, telling

DAY: Final = 86_400_000_000
#: A try is a learner with a MOOC video on a day (UTC), however often they press play; it failed where media failed
#: once in it. Its country is that of the address it came from, else the learner's.
_TRIES: Final = f"""
    WITH people AS (
        SELECT DISTINCT course, learner, course_id, country FROM read_parquet($people)
        WHERE roles IS NULL AND ($own::VARCHAR[] IS NULL OR list_contains($own::VARCHAR[], course_id))
    ), tries AS (
        SELECT course, learner, object, t // {DAY} AS day, bool_or(kind = {int(Kind.MEDIA_FAILED)}) AS failed,
            arg_max(ip, t) AS ip
        FROM read_parquet($events)
        WHERE t > $since AND learner >= 0 AND kind IN ({int(Kind.MEDIA_FAILED)}, {int(Kind.PLAY)}) GROUP BY ALL
    ), placed AS (
        SELECT coalesce(places.country, people.country, '{UNKNOWN}') AS key, learner, failed, course_id
        FROM tries JOIN people USING (course, learner) LEFT JOIN read_parquet($places) places USING (ip)
    )
    SELECT key, count(*) AS tries, count(*) FILTER (failed) AS failures, count(DISTINCT learner) AS learners,
        count(DISTINCT learner) FILTER (failed) AS hit,
        list_sort(list(DISTINCT course_id) FILTER (failed)) AS courses
    FROM placed GROUP BY key ORDER BY key
"""  # noqa: S608 -- numbers and a name of this module only


@dataclass(frozen=True, kw_only=True)
class _Tried:
    """What was tried in a country: `hit` are the learners whom media failed."""

    key: str
    tries: int
    failures: int
    learners: int
    hit: int
    courses: tuple[str, ...] = ()


def media(data: Data, asked: Question) -> Media:
    """Tries and failures of the days that the question names."""
    days, least = DAYS.get(asked.name, 1), asked.view.smallest_cell
    question = _asked_of(data, days, asked.own)
    tried = _tried(question)
    page = overview(data, Choice(), asked.view, asked.own)
    people = {one.key: one.counts for one in page.slices.get(Dimension.COUNTRY, ())}
    away, tells = _hidden(tried, least)
    # The whole stands there only where it is the sum of what is shown: so nobody can subtract.
    whole = _group(_all(tried), page.shown, gone=bool(away.any()), tell=bool(tells.any()), least=least)
    return Media(
        version=data.version,
        as_of=data.as_of,
        view=asked.view,
        days=days,
        everyone=whole,
        sql=_told(data, question, least),
        groups=tuple(
            _group(one, people.get(one.key), gone=bool(gone), tell=bool(tell), least=least)
            for one, gone, tell in zip(tried, away, tells, strict=True)
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What the question is asked of: files of the warehouse, a stretch of time, some courses or all."""

    people: list[str]
    places: list[str]
    events: list[str]
    own: list[str] | None
    since: int


def _asked_of(data: Data, days: int, own: tuple[str, ...] | None) -> _Asked:
    snapshot = data.snapshot
    since = int(snapshot.manifest.facts.get("last_t", 0)) - days * DAY
    recent = [
        str(snapshot.folder / kept.path)
        for kept in snapshot.manifest.files("silver")
        if int(kept.notes.get("last", 0)) > since
    ]
    return _Asked(
        people=snapshot.files("tables/person_course"),
        places=snapshot.files("state/countries"),
        events=recent,
        own=None if own is None else list(own),
        since=since,
    )


def _tried(asked: _Asked) -> list[_Tried]:
    if not (asked.events and asked.people and asked.places):
        return []
    with duckdb.connect() as sql:
        found = sql.execute(_TRIES, asdict(asked)).fetchall()
    return [
        _Tried(key=key, tries=tries, failures=failures, learners=learners, hit=hit, courses=tuple(courses or ()))
        for key, tries, failures, learners, hit, courses in found
    ]


def _told(data: Data, asked: _Asked, least: int) -> str:
    """The question as it can be asked in the warehouse's folder."""
    said = dedent(_TRIES).strip()
    for name, value in asdict(asked).items():
        said = said.replace(f"${name}", _literal(value).replace(f"'{data.snapshot.folder}/", "'"))
    note = f"-- Countries with fewer than {least} learners are hidden, and others so that nobody can subtract.\n"
    return f"{note if least > 1 else ''}{said};\n"


def _literal(value: Sequence[str] | int | None) -> str:
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    return "[" + ", ".join("'" + one.replace("'", "''") + "'" for one in value) + "]"


def _all(tried: Sequence[_Tried]) -> _Tried:
    return _Tried(
        key="",
        tries=sum(one.tries for one in tried),
        failures=sum(one.failures for one in tried),
        learners=sum(one.learners for one in tried),
        hit=sum(one.hit for one in tried),
    )


def _group(one: _Tried, there: Counts | None, *, gone: bool, tell: bool, least: int) -> MediaGroup:
    return MediaGroup(
        key=one.key,
        tries=None if gone else one.tries,
        failures=None if tell else one.failures,
        learners=None if gone else one.learners,
        registered=there.registered if there else None,
        participants=there.participants if there else None,
        courses=one.courses if least <= 1 else (),
    )


def _hidden(tried: Sequence[_Tried], least: int) -> tuple[Hidden, Hidden]:
    """Which countries are hidden, and of which the failures are: they would tell on a few learners."""
    learners, hit = (np.array([getattr(one, name) for one in tried], np.int64) for name in ("learners", "hit"))
    away = (learners > 0) & (learners < least)
    return away, telling(hit, learners, least) | away
