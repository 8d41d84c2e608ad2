"""Lines are read together; what they tell is what each of them tells alone."""

import json

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from stoa.insights.engine.reading.looking import look

_EQUAL = {
    "username": "ada",
    "event_type": "play_video",
    "event": '{"id": "a\\"b"}',
    "page": None,
    "time": "2025-03-01T10:00:00+00:00",
    "context": {"user_id": 7, "course_id": "course-v1:A+B+C"},
}
_PLAIN = json.dumps(_EQUAL)
_OTHERS = [
    json.dumps(_EQUAL | {"event": {"a": [1, {"deep": None}], "b": 1.50}}),
    json.dumps({**_EQUAL, "event": None, "page": "", "username": 7}),
    json.dumps(dict(reversed(_EQUAL.items())), separators=(",", ":")),
    json.dumps(_EQUAL | {"context": {"user_id": 7}}),
    json.dumps(_EQUAL | {"context": {"user_id": 7, "course_id": "x", "module": {"name": "m"}}}),
    json.dumps(_EQUAL | {"context": None}),
    json.dumps(_EQUAL | {"context": "none"}),
    json.dumps(_EQUAL | {"label": "é"}),
    json.dumps({"time": "now"}),
    _PLAIN[:-1] + ', "username": "twice"}',
    _PLAIN[:-1] + "x}",
    '{"username": }',
    "{}",
]


def _told(lines: list[str]) -> list[dict[str, object]]:
    with duckdb.connect() as con:
        told: list[dict[str, object]] = look(con, pa.array(lines), np.arange(len(lines))).to_pylist()
    return told


@pytest.mark.parametrize("other", _OTHERS)
@pytest.mark.parametrize("place", [0, 999])
def test_a_line_among_others_tells_what_it_tells_alone(other: str, place: int) -> None:
    lines = [_PLAIN] * 1_000
    lines[place] = other

    told = {row.pop("place"): row for row in _told(lines)}

    alone, (plain,) = _told([other]), _told([_PLAIN])
    expected = dict.fromkeys(range(len(lines)), plain) | dict.fromkeys([place], alone[0] if alone else None)
    assert told == {
        at: {name: row[name] for name in row if name != "place"} for at, row in expected.items() if row is not None
    }


def test_what_has_no_column_is_kept_as_json() -> None:
    found = [json.loads(row["rest"]) for row in _told(_OTHERS) if isinstance(row["rest"], str)]

    assert found == [{"context": {"module": {"name": "m"}}}, {"label": "é", "context": {}}]
