"""What stands in attributes: JSON where it parses and fits, else the text itself."""

import json
import re
from datetime import UTC, datetime
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

JSON_BYTES = 10 * 1024 * 1024
JSON_DEPTH = 40
EMPTY = {"", "null", "none", '""'}
TRUE, FALSE = {"true", "1", "yes"}, {"false", "0", "no"}
FIRST_YEAR, LAST_YEAR = 2002, 2040
PLACEHOLDERS = {(2029, 1, 1), (2030, 1, 1)}
NOT_PRINTABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
CLOCK = re.compile(r"^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$")


def as_json(raw: str) -> Json:
    """The value that a JSON text holds; None where it is none, too long or too deep."""
    if len(raw) > JSON_BYTES or _depth(raw) > JSON_DEPTH:
        return None
    try:
        value: Json = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return _printable(value) if NOT_PRINTABLE.search(raw) else value


def _printable(value: Json) -> Json:
    """The value without characters that no text may hold: NUL, halves of pairs."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    if isinstance(value, dict):
        return {as_text(_printable(name)): _printable(inner) for name, inner in value.items()}
    return value


def _depth(raw: str) -> int:
    deepest = depth = 0
    for bracket in re.findall(r'"(?:\\.|[^"\\])*"|[\[\]{}]', raw):
        if bracket in {"[", "{"}:
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in {"]", "}"}:
            depth -= 1
    return deepest


def as_text(value: Json) -> str:
    """A JSON value as an attribute would hold it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def mapping(value: Json) -> dict[str, Json]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listing(value: Json) -> list[Json]:
    """The value where it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def word(value: Json) -> str:
    """The value as words: numbers too, nothing else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def plain(raw: str | None) -> str:
    """The text of an attribute, without the quotes that JSON may have left around it."""
    text = (raw or "").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        unquoted = as_json(text)
        text = unquoted if isinstance(unquoted, str) else text
    return "" if text.lower() in EMPTY else text


def flag(raw: str | None) -> bool | None:
    """True, false, or None where nobody said."""
    text = plain(raw).lower()
    return True if text in TRUE else False if text in FALSE else None


def number(raw: str | None) -> float | None:
    """A number, or None where there is none."""
    try:
        value = float(plain(raw))
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def whole(raw: str | None) -> int | None:
    """A whole number, or None where there is none."""
    value = number(raw)
    return None if value is None else int(value)


def moment(raw: str | None) -> datetime | None:
    """A date with its zone, UTC where none is given; None where there is none that can be read."""
    text = plain(raw)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def real_moment(raw: str | None) -> datetime | None:
    """A date that somebody meant: 1970, 2001, 2029 or 9999 stand for no date."""
    when = moment(raw)
    if when is None or not FIRST_YEAR <= when.year < LAST_YEAR:
        return None
    return None if (when.year, when.month, when.day) in PLACEHOLDERS else when


def seconds(raw: str | None) -> float | None:
    """A place in a recording: `HH:MM:SS`, or seconds. None for the beginning."""
    match = CLOCK.match(plain(raw))
    if not match:
        return None
    hours, minutes, rest = match.groups()
    return (int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest)) or None
