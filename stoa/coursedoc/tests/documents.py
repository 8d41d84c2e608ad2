"""Generated course documents: every kind of item and part, every field, by what the model's types say."""

import types
import typing
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from hypothesis import strategies as st

from stoa.coursedoc import model
from stoa.coursedoc.model.items import Item
from stoa.coursedoc.model.quizzes import Part

if TYPE_CHECKING:
    # Known to type checkers only.
    from _typeshed import DataclassInstance

ITEMS = (
    model.Assignment,
    model.Discussion,
    model.Exercise,
    model.MoocVideo,
    model.OutsideResource,
    model.Pool,
    model.Quiz,
    model.Raw,
    model.Reading,
    model.Variants,
)
PARTS = (model.ChoicePart, model.FreeTextPart, model.NumberPart, model.TextPart)

_signs = st.sampled_from(
    [
        *(
            "? ",
            "( ) ",
            "(x) ",
            "[x] ",
            "= ",
            "~ ",
            "!~ ",
            "& a > ",
            "___",
            "Hint: ",
            "Solution:",
            "Explanation: ",
            "> ",
        ),
        *(
            "After: ",
            "Before:",
            "< ",
            "    ",
            "# ",
            "::: quiz",
            ":::",
            "---",
            "```",
            "```python starter",
            "{#a}",
            "{b=1}",
        ),
        *("{c}", "a b", "é", "no", "2026-11-30", "~", "7", "1.5", ": ", "- ", "'", '"', ",", "asset:x"),
    ]
)
words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.lists(_signs | st.sampled_from(["\n", "\n", " ", "word"]), max_size=8).map("".join),
    st.sampled_from(["", "word", "two words", "Two lines\n\nof words."]),
)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- Hypothesis adds the zone
numbers = st.floats(allow_nan=False, allow_infinity=False)


def courses() -> st.SearchStrategy[model.Course]:
    """Courses with anything in any field that the model's types allow."""
    return cast("st.SearchStrategy[model.Course]", of(model.Course))


def of(hint: object, depth: int = 2) -> st.SearchStrategy[object]:
    """Values of a type of the model; pools nest at most `depth` deep."""
    plain: dict[object, st.SearchStrategy[object]] = {
        str: words,
        bool: st.booleans(),
        int: st.integers(-(10**6), 10**6),
        float: numbers,
        datetime: moments,
    }
    if hint in plain:
        return plain[hint]
    if hint is Item:
        return st.one_of([of(kind, depth - 1) for kind in ITEMS if depth or kind not in {model.Pool, model.Variants}])
    if hint is Part:
        return st.one_of([of(kind, depth) for kind in PARTS])
    return _composed(hint, depth)


def _composed(hint: object, depth: int) -> st.SearchStrategy[object]:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is types.UnionType:
        return st.none() | of(arguments[0], depth)
    if typing.get_origin(hint) is tuple and arguments[-1] is Ellipsis:
        return st.lists(st.deferred(lambda: of(arguments[0], depth)), max_size=2).map(tuple)
    if typing.get_origin(hint) is tuple:
        return st.tuples(*(of(one, depth) for one in arguments))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    return _records(hint, depth)


def _records(kind: "type[DataclassInstance]", depth: int) -> st.SearchStrategy[object]:
    hints = typing.get_type_hints(kind)
    optional = {one.name: _later(hints[one.name], depth) for one in fields(kind)}
    required = {one.name: optional.pop(one.name) for one in fields(kind) if _is_needed(one)}
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: kind(**given))


def _later(hint: object, depth: int) -> st.SearchStrategy[object]:
    return st.deferred(lambda: of(hint, depth))


def _is_needed(one: Field[object]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING
