"""Tables that wait for a rest: which of their courses are behind."""

import json
from collections.abc import Iterable, Mapping

from stoa.insights.engine.warehouse.manifest import Manifest
from stoa.insights.engine.warehouse.warehouse import Change

FACT = "stale"
#: In place of the courses: all of the table.
ALL = "all"


def stale(manifest: Manifest) -> Mapping[str, list[int] | str]:
    """The tables that are behind, each with its courses, or ALL."""
    found: Mapping[str, list[int] | str] = json.loads(str(manifest.facts.get(FACT, "{}")))
    return found


def mark_stale(change: Change, part: str, courses: Iterable[int] | None) -> None:
    """These courses of a table, or all of it, are behind."""
    known = dict(stale(change.manifest))
    before = known.get(part, [])
    if courses is None or isinstance(before, str):
        known[part] = ALL
    elif both := {*before, *courses}:
        known[part] = sorted(both)
    _say(change, known)


def mark_all_fresh(change: Change) -> None:
    """Nothing is behind any more."""
    if stale(change.manifest):
        _say(change, {})


def _say(change: Change, known: Mapping[str, list[int] | str]) -> None:
    change.say(FACT, json.dumps(known, sort_keys=True))
