"""Pairs of accounts of one course run that a person should look at: one was shown answers, the other entered them."""

# ruff: noqa: S608 -- queries are texts of this module; what comes from outside is bound or quoted

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import duckdb
import numpy as np

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.harvesting import CROWD, Account, Pair, groups, pairs
from stoa.insights.engine.asking.views import views
from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.warehouse.dictionaries import dictionary_sql
from stoa.insights.rules.answers import Harvest, Harvested, Shown

_SHOWN: Final = f"({int(Kind.ANSWER_SHOWN)}, {int(Kind.ANSWER_SHOWN_BROWSER)})"
_PEOPLE: Final = "SELECT learner, coalesce(certified, false) FROM people WHERE roles IS NULL AND learner >= 0"
_PARTS: Final = {"people": "tables/person_course", "acts": "silver", "told": "statements/blocks"}
_SECOND: Final = 1_000_000


def harvested(data: Data, course_id: str) -> Harvested:
    """The pairs of one run, those with the most problems first; none where nothing is known of the run."""
    with duckdb.connect() as sql:
        there = views(sql, data, course_id, _PARTS)
        found = sorted(_pairs(sql, data), key=lambda pair: (-len(pair.problems), pair.certified)) if there else []
        names, titles = _names(sql, data, found), _titles(sql, found)
    return Harvested(
        version=data.version,
        as_of=data.as_of,
        course=course_id,
        harvests=tuple(_told(pair, names, titles) for pair in found),
    )


def _pairs(sql: duckdb.DuckDBPyConnection, data: Data) -> Iterator[Pair]:
    certified = dict(sql.execute(_PEOPLE).fetchall())
    for members in _groups(sql, data, certified):
        yield from pairs(_accounts(sql, members, certified))


def _groups(sql: duckdb.DuckDBPyConnection, data: Data, certified: Mapping[int, bool]) -> Iterator[Sequence[int]]:
    """Groups with a certified and another account of this run, small enough to be people and no school."""
    files = data.snapshot.files("state/ips")
    if not files:
        return
    shared = sql.execute("SELECT DISTINCT learner, ip FROM read_parquet(?) WHERE learner >= 0 AND ip >= 0", [files])
    columns = shared.fetchnumpy()
    learners, ips = (np.ma.getdata(columns[name]).astype(np.int64) for name in ("learner", "ip"))
    labels = groups(learners, ips)
    sizes = Counter(labels[np.unique(learners)].tolist())
    members: dict[int, list[int]] = defaultdict(list)
    for learner in certified:
        if learner < len(labels) and 1 < sizes[int(labels[learner])] < CROWD:
            members[int(labels[learner])].append(learner)
    for group in members.values():
        if len({certified[learner] for learner in group}) > 1:
            yield sorted(group)


def _accounts(sql: duckdb.DuckDBPyConnection, members: Sequence[int], certified: Mapping[int, bool]) -> list[Account]:
    listed = ", ".join(map(str, members))
    acts = sql.execute(
        f"SELECT learner, object, t, kind, flag FROM acts WHERE learner IN ({listed}) AND object >= 0 "
        f"AND kind IN ({int(Kind.CHECK)}, {_SHOWN[1:-1]}) ORDER BY learner, t, seq"
    ).fetchall()
    return [_account(learner, [act for act in acts if act[0] == learner], certified[learner]) for learner in members]


def _account(learner: int, acts: Sequence[tuple[int, ...]], certified: bool) -> Account:  # noqa: FBT001 -- a fact about it
    shown: dict[int, list[int]] = defaultdict(list)
    right: dict[int, int] = {}
    checks = right_checks = 0
    for _, problem, at, kind, flag in acts:
        if kind != Kind.CHECK:
            shown[problem].append(at)
            continue
        checks += 1
        if flag == 1:
            right_checks += 1
            right.setdefault(problem, at)
    return Account(
        learner=learner, certified=certified, shown=shown, right=right, checks=checks, right_checks=right_checks
    )


def _names(sql: duckdb.DuckDBPyConnection, data: Data, found: Sequence[Pair]) -> Mapping[int, str]:
    wanted = {learner for pair in found for learner in (pair.certified, pair.other)}
    if not wanted:
        return {}
    listed = ", ".join(map(str, sorted(wanted)))
    learners = dictionary_sql(data.snapshot, "dictionaries/learners")
    return dict(sql.execute(f"SELECT id, name FROM ({learners}) WHERE id IN ({listed})").fetchall())


def _titles(sql: duckdb.DuckDBPyConnection, found: Sequence[Pair]) -> Mapping[int, str]:
    wanted = {problem for pair in found for problem, _, _ in pair.problems}
    if not wanted:
        return {}
    listed = ", ".join(map(str, sorted(wanted)))
    return dict(
        sql.execute(
            "SELECT o.id, coalesce(arg_max(nullif(b.title, ''), b.t), max(o.name)) FROM objects o "
            f"LEFT JOIN told b ON b.object = o.id WHERE o.id IN ({listed}) GROUP BY o.id"
        ).fetchall()
    )


def _told(pair: Pair, names: Mapping[int, str], titles: Mapping[int, str]) -> Harvest:
    return Harvest(
        certified=names[pair.certified],
        other=names[pair.other],
        problems=tuple(
            Shown(problem=titles[problem], shown=_time(shown), entered=_time(entered))
            for problem, shown, entered in pair.problems
        ),
        of=pair.of,
        median_seconds=pair.median / _SECOND,
        p90_seconds=pair.p90 / _SECOND,
        order=pair.order,
        strict=pair.strict,
    )


def _time(t: int) -> datetime:
    return datetime.fromtimestamp(t / _SECOND, tz=UTC)
