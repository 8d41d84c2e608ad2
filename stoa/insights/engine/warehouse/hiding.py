"""Hides in rows of events who they are about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_TELLING: Final = ("user_id", "ip", "session", "agent", "referer", "accept_language", "event_id", "rest")
_WORDS: Final = ("event", "path", "page", "event_type")
_USER_ID: Final = re.compile(r'("(?:user_id|username|author_id)\\?"\s*:\s*)(?:\d+|\\?"[^"\\]*\\?")')


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Whom to hide: name → pseudonym, and user id → pseudonym."""

    names: Mapping[str, str]
    ids: Mapping[str, str] = field(default_factory=dict)


def hide(table: pa.Table, hidden: Hidden) -> pa.Table:
    """The same rows; those of the hidden bear a pseudonym and tell neither addresses nor devices."""
    texts = {name: _plain(table[name]) for name in (*_TELLING, *_WORDS, "username")}
    ids = texts["user_id"] if pa.types.is_string(texts["user_id"].type) else texts["user_id"].cast(pa.string())
    told = [
        hidden.names.get(name or "") or (hidden.ids.get(number or "") if not name else None)
        for name, number in zip(texts["username"].to_pylist(), ids.to_pylist(), strict=True)
    ]
    theirs = pa.array([name is not None for name in told])
    if not pc.any(theirs).as_py():
        return table
    columns = {name: table[name] for name in table.column_names}
    for name in _TELLING:
        columns[name] = pc.if_else(theirs, pa.scalar(None, texts[name].type), texts[name])
    for name in _WORDS:
        columns[name] = _said(texts[name], told, hidden)
    columns["username"] = pc.coalesce(pa.array(told, pa.string()), texts["username"])
    return pa.table(columns)


def _plain(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole.dictionary_decode() if pa.types.is_dictionary(whole.type) else whole


def _said(column: pa.Array, told: list[str | None], hidden: Hidden) -> pa.Array:
    """The words of their rows without their names and numbers."""
    names = re.compile("|".join(re.escape(name) for name in sorted(hidden.names, key=len, reverse=True)) or r"(?!)")
    words = column.to_pylist()
    for row, name in enumerate(told):
        if name is not None and words[row]:
            words[row] = names.sub(name, _USER_ID.sub(r"\1null", words[row]))
    return pa.array(words, pa.string())
