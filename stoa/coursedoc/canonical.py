"""The one JSON form of a course document: sorted keys, nothing that is the default, times in UTC.

`from_json` is the exact inverse of `to_json`, so the hash of the JSON names the document.
"""

import difflib
import json
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import TypeAlias, TypeVar, cast

from stoa.coursedoc import model
from stoa.coursedoc.model.items import Item
from stoa.coursedoc.model.quizzes import Part
from stoa.coursedoc.model.texts import Markup, Text

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Decoder: TypeAlias = Callable[[object], object]
T = TypeVar("T")

TAGS: Mapping[str, type[object]] = {
    "assignment": model.Assignment,
    "discussion": model.Discussion,
    "exercise": model.Exercise,
    "mooc_video": model.MoocVideo,
    "outside_resource": model.OutsideResource,
    "pool": model.Pool,
    "quiz": model.Quiz,
    "raw": model.Raw,
    "reading": model.Reading,
    "variants": model.Variants,
    "choice": model.ChoicePart,
    "free_text": model.FreeTextPart,
    "number": model.NumberPart,
    "text": model.TextPart,
}
"""What `type` says of an item or a part."""

_NAMES = {kind: tag for tag, kind in TAGS.items()}
_CALLED = {
    bool: "true or false",
    dict: "a set of names with values",
    float: "a number",
    int: "a whole number",
    list: "a list",
    str: "a text (write it in quotes)",
}
# Whole numbers up to here are the same as float and as int.
_EXACT = 2**53


class NotCanonical(ValueError):
    """The bytes are not the canonical JSON of a course document, or the value has no such form."""


def to_json(course: model.Course) -> bytes:
    """The course as canonical JSON."""
    return json.dumps(
        _encode(course), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def from_json(data: bytes) -> model.Course:
    """The course that `to_json` wrote."""
    try:
        course = _decoder(model.Course)(json.loads(data))
    except (TypeError, ValueError) as error:
        raise NotCanonical(f"This is not a course document: {error}") from error
    return cast("model.Course", course)


def as_values(value: object) -> Json:
    """Any part of a document in plain JSON values, without what is the default."""
    return _encode(value)


def from_values(kind: type[T], value: object) -> T:
    """The part of a document that `as_values` gave; an error names the field that is wrong."""
    return cast("T", _decoder(cast("Hashable", kind))(value))


def scalars(kind: type[object]) -> Mapping[str, type[object]]:
    """The fields of a kind that hold one plain value, with the type of that value."""
    hints = typing.get_type_hints(kind)
    found = {name: typing.get_args(hint)[0] if typing.get_args(hint) else hint for name, hint in hints.items()}
    return {
        name: hint
        for name, hint in found.items()
        if typing.get_origin(hints[name]) is not tuple
        and (hint in {str, bool, int, float, datetime} or issubclass(hint, StrEnum))
    }


def content_hash(course: model.Course) -> str:
    """The sha256 of the canonical JSON, in hex: two documents with the same hash are equal."""
    return sha256(to_json(course)).hexdigest()


def written(value: object) -> str:
    """Any piece of a document (an item, a score scheme) as canonical JSON."""
    return json.dumps(_encode(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def read(kind: type[T], text: str) -> T:
    """The piece that `written` wrote."""
    decode = _decode_tagged if kind in _NAMES else _decoder(cast("Hashable", kind))
    return cast("T", decode(json.loads(text)))


def fingerprint(item: object) -> str:
    """The sha256, in hex, of the canonical JSON of any part of a document."""
    written = json.dumps(_encode(item), ensure_ascii=False, allow_nan=False, sort_keys=True)
    return sha256(written.encode()).hexdigest()


def tag_of(item: Item | Part) -> str:
    """The name of an item's or part's kind."""
    return _NAMES[type(item)]


def _encode(value: object) -> Json:
    match value:
        case Text() if value.markup is Markup.MARKDOWN:
            return value.source
        case Text():
            return {value.markup.value: value.source}
        case tuple():
            return [_encode(one) for one in value]
        case None | bool() | int() | float() | str() | datetime():
            return _encode_plain(value)
        case _:
            return _encode_fields(value)


def _encode_plain(value: float | str | datetime | None) -> Json:
    match value:
        case StrEnum():
            return value.value
        case float() if value.is_integer() and abs(value) < _EXACT:
            return int(value)
        case datetime():
            return _moment(value)
        case _:
            return value


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise NotCanonical(f"{value} has no time zone: say which, or UTC")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _encode_fields(value: object) -> dict[str, Json]:
    kind = type(value)
    out: dict[str, Json] = {"type": _NAMES[kind]} if kind in _NAMES else {}
    for name, default in _defaults(cast("Hashable", kind)):
        if (content := getattr(value, name)) != default:
            out[name] = _encode(content)
    return out


@cache
def _defaults(kind: Hashable) -> tuple[tuple[str, object], ...]:
    if not is_dataclass(kind):
        raise NotCanonical(f"{kind} has no place in a course document")
    return tuple(
        (one.name, one.default_factory() if one.default_factory is not MISSING else one.default) for one in fields(kind)
    )


@cache
def _decoder(hint: Hashable) -> Decoder:
    if hint in (Item, Part):
        return _decode_tagged
    if typing.get_origin(hint) is tuple:
        return _tuple_decoder(typing.get_args(hint))
    if typing.get_origin(hint) is types.UnionType:
        return _optional_decoder(typing.get_args(hint)[0])
    plain: dict[Hashable, Decoder] = {
        str: _decode_string,
        bool: _decode_bool,
        int: _decode_int,
        float: _decode_float,
        datetime: _decode_moment,
        Text: _decode_text,
    }
    if hint in plain:
        return plain[hint]
    kind = cast("type[object]", hint)
    return _dataclass_decoder(kind) if is_dataclass(kind) else kind


def _optional_decoder(hint: Hashable) -> Decoder:
    inner = _decoder(hint)
    return lambda value: None if value is None else inner(value)


def _tuple_decoder(hints: tuple[Hashable, ...]) -> Decoder:
    if hints[-1] is Ellipsis:
        one = _decoder(hints[0])
        return lambda value: tuple(one(each) for each in _list(value))
    each = [_decoder(hint) for hint in hints]
    return lambda value: tuple(decode(one) for decode, one in zip(each, _list(value), strict=True))


def _dataclass_decoder(kind: type[object]) -> Decoder:
    hints = typing.get_type_hints(kind)

    needed = [name for name, default in _defaults(cast("Hashable", kind)) if default is MISSING]

    def decode(value: object) -> object:
        given = _object(value)
        if missing := [name for name in needed if name not in given]:
            raise NotCanonical(f"{', '.join(repr(name) for name in missing)} is missing")
        return kind(**{name: _field(_known(hints, name), name, content) for name, content in given.items()})

    return decode


def _known(hints: Mapping[str, Hashable], name: str) -> Hashable:
    if name not in hints:
        close = difflib.get_close_matches(name, hints, n=1)
        raise NotCanonical(f"nothing here is called {name!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
    return hints[name]


def _field(hint: Hashable, name: str, content: object) -> object:
    try:
        return _decoder(hint)(content)
    except (TypeError, ValueError) as error:
        raise NotCanonical(f"{name}: {error}") from error


def _decode_tagged(value: object) -> object:
    given = dict(_object(value))
    tag = given.pop("type", None)
    if not isinstance(tag, str) or tag not in TAGS:
        raise NotCanonical(f"no item or part is of type {tag!r}")
    return _decoder(cast("Hashable", TAGS[tag]))(given)


def _list(value: object) -> list[object]:
    return cast("list[object]", _is(value, list))


def _object(value: object) -> dict[str, object]:
    return cast("dict[str, object]", _is(value, dict))


def _is(value: object, kind: type[object]) -> object:
    if type(value) is not kind:
        raise NotCanonical(f"{json.dumps(value, default=repr, ensure_ascii=False):.60} is not {_CALLED[kind]}")
    return value


def _decode_string(value: object) -> object:
    return _is(value, str)


def _decode_bool(value: object) -> object:
    return _is(value, bool)


def _decode_int(value: object) -> object:
    return _is(value, int)


def _decode_float(value: object) -> object:
    return float(value) if type(value) is int else _is(value, float)


def _decode_moment(value: object) -> object:
    return datetime.fromisoformat(cast("str", _is(value, str)))


def _decode_text(value: object) -> object:
    if isinstance(value, str):
        return Text(source=value)
    ((markup, source),) = _object(value).items()
    return Text(source=cast("str", _is(source, str)), markup=Markup(markup))
