"""Values of the rooms' own dataclasses as JSON and back: what passes between pages and the engine."""

import dataclasses
import json
import types
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
_Reader = Callable[[Plain], object]


class NotWhatItSays(Exception):
    """The JSON is not a value of this type: the two sides are of different versions of Stoa, so start both again."""


def written(value: object) -> bytes:
    """The value as JSON; equal values give equal bytes."""
    return json.dumps(value, default=_shape, ensure_ascii=False, separators=(",", ":")).encode()


def read(kind: type[T], said: bytes) -> T:
    """The value of this type that the JSON tells. Raises NotWhatItSays."""
    try:
        return cast("T", _reader(cast("Hashable", kind))(json.loads(said)))
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise NotWhatItSays(f"{kind.__name__}: {reason!r}") from reason


def _shape(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON here")


@cache
def _reader(kind: Hashable) -> _Reader:
    """How a value of this type is read; found once a type."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _of_dataclass(kind)
    if get_origin(kind) in {Union, types.UnionType}:
        return _of_union(get_args(kind))
    if get_origin(kind) is tuple:
        one = _reader(get_args(kind)[0])
        return lambda said: tuple([one(part) for part in cast("list[Plain]", said)])
    if get_origin(kind) is not None and issubclass(cast("type", get_origin(kind)), Mapping):
        return _of_mapping(*get_args(kind))
    return _of_plain(cast("type", kind))


def _of_dataclass(kind: type) -> _Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda said: kind(**{name: readers[name](part) for name, part in cast("dict[str, Plain]", said).items()})


def _of_union(kinds: tuple[object, ...]) -> _Reader:
    """None, or a value of the other type; several plain types are told apart by JSON itself."""
    others = [one for one in kinds if one is not type(None)]
    if len(others) > 1:
        return lambda said: said
    other = _reader(others[0])
    return lambda said: None if said is None else other(said)


def _of_mapping(key: object, value: object) -> _Reader:
    keys, values = _reader(key), _reader(value)
    return lambda said: {keys(name): values(part) for name, part in cast("dict[str, Plain]", said).items()}


_MOMENTS: Final = {date: date.fromisoformat, datetime: datetime.fromisoformat}


def _of_plain(kind: type) -> _Reader:
    if kind in _MOMENTS:
        read_moment = _MOMENTS[kind]
        return lambda said: read_moment(str(said))
    if issubclass(kind, Enum):
        return kind
    if kind is float:
        return lambda said: float(cast("float", said))
    return lambda said: _checked(kind, said)


def _checked(kind: type, said: Plain) -> Plain:
    if not isinstance(said, kind):
        raise TypeError(f"{said!r} is no {kind.__name__}")
    return said
