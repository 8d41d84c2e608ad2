"""Tables that wait for a rest: which of their courses are behind, and as of when each of them was made."""

import json
from collections.abc import Mapping, Sequence

from stoa.insights.engine.warehouse.manifest import Manifest
from stoa.insights.engine.warehouse.warehouse import Change

_FACT, _RESTED = "stale", "rested"
#: In place of the courses: all of the table. In place of a table: all that are not named.
ALL = "all"


def stale(manifest: Manifest) -> Mapping[str, list[int] | str]:
    """The tables that are behind, each with its courses, or ALL."""
    found: Mapping[str, list[int] | str] = json.loads(str(manifest.facts.get(_FACT, "{}")))
    return found


def made_until(manifest: Manifest, part: str) -> int:
    """The time that this table holds as of, 0 where nobody knows."""
    known = _rested(manifest)
    return known.get(part, known.get(ALL, 0))


def mark_stale(change: Change, behind: Mapping[str, Sequence[int] | None]) -> None:
    """These courses of each of these tables, or all of it (None), are behind."""
    known = dict(stale(change.manifest))
    for part, courses in behind.items():
        before = known.get(part, [])
        known[part] = ALL if courses is None or isinstance(before, str) else sorted({*before, *courses})
    _say(change, known)


def mark_fresh(change: Change, part: str, *, until: int) -> None:
    """This table is not behind any more: it holds as of this time."""
    _say(change, {name: courses for name, courses in stale(change.manifest).items() if name != part})
    _say_rested(change, {**_rested(change.manifest), part: until})


def mark_all_fresh(change: Change, *, until: int) -> None:
    """Nothing is behind any more: all tables hold as of this time."""
    if stale(change.manifest):
        _say(change, {})
    _say_rested(change, {ALL: until})


def _rested(manifest: Manifest) -> Mapping[str, int]:
    found: Mapping[str, int] = json.loads(str(manifest.facts.get(_RESTED, "{}")))
    return found


def _say_rested(change: Change, known: Mapping[str, int]) -> None:
    change.say(_RESTED, json.dumps(known, sort_keys=True))


def _say(change: Change, known: Mapping[str, list[int] | str]) -> None:
    change.say(_FACT, json.dumps(known, sort_keys=True))
