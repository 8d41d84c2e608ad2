"""Attributes in braces and the plain fields of the model that they set."""

import json
from collections.abc import Mapping

from stoa.coursedoc import canonical
from stoa.coursedoc.canonical import Json
from stoa.coursedoc.formats.markdown.notation import Attributes, Value

SHORT = {"partial": "partial_credit", "case": "case_sensitive", "words": "words_wanted"}
"""Shorter names for attributes that are written by hand often."""
_LONG = {long: short for short, long in SHORT.items()}


class NotAField(ValueError):
    """An attribute that sets nothing, or a value that doesn't fit."""


def read(kind: type[object], attributes: Attributes) -> dict[str, Json]:
    """The plain JSON values that the attributes give to fields of the kind."""
    fields = canonical.scalars(kind)
    return {
        SHORT.get(name, name): _value(name, value, fields.get(SHORT.get(name, name)), fields)
        for name, value in attributes.items()
    }


def _value(name: str, value: Value, wanted: type[object] | None, fields: Mapping[str, type[object]]) -> Json:
    if wanted is None:
        known = ", ".join(sorted(_LONG.get(one, one).replace("_", "-") for one in fields if one not in {"id", "title"}))
        raise NotAField(f"{name!r} says nothing here. Known: {known}.")
    if wanted is bool:
        return _yes_or_no(name, value)
    if isinstance(value, bool):
        raise NotAField(f"{name!r} needs a value: write {name}=…")
    if wanted in {int, float}:
        return _number(name, value)
    return value


def _yes_or_no(name: str, value: Value) -> bool:
    if value in {True, "true"}:
        return True
    if value == "false":
        return False
    raise NotAField(f"{name!r} is true or false, not {value!r}.")


def _number(name: str, value: str) -> Json:
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise NotAField(f"{name!r} is a number, not {value!r}.")
    return found


def write(kind: type[object], values: Mapping[str, Json]) -> dict[str, Json]:
    """The attributes for those values that are plain fields of the kind, by name; ids and titles stand elsewhere."""
    known = canonical.scalars(kind)
    return {
        _LONG.get(name, name): values[name] for name in sorted(values) if name in known and name not in {"id", "title"}
    }
