"""Forgets learners: their names become pseudonyms everywhere, what could tell who they are goes, the counts stay."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stoa.insights.engine.warehouse.dictionaries import LEARNERS
from stoa.insights.engine.warehouse.hiding import Hidden, hide
from stoa.insights.engine.warehouse.manifest import BUILT_SEQ, NOWHERE, Kept
from stoa.insights.engine.warehouse.parquet import write
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse

#: Of forgotten names only digests are kept, with the pseudonym: a log that comes later must not bring them back.
FORGOTTEN: Final = "forgotten"
PREFIX: Final = "forgotten-"
_IPS: Final = "dictionaries/ips"
_PROFILES, _IMPORTED = "statements/profiles", "statements/imported"
_PERSONAL: Final = ("country", "gender", "education", "education_group", "year_of_birth", "age", "age_band", "user_id")
_PLAIN: Final = {"bronze": ("time", "seq", "event", "rest"), "silver": ("t", "seq")}
_NO_IP: Final = -1


def forget(warehouse: Warehouse, usernames: Iterable[str]) -> Sequence[str]:
    """Forget these learners; says whom of them the warehouse knew. The caller is `alone`, and reads no log meanwhile.

    Files that held them are removed by `Warehouse.sweep`, as readers may need them for some minutes.
    """
    with warehouse.writing() as change:
        known = _known(warehouse, set(usernames))
        pseudonyms = {name: PREFIX + secrets.token_hex(8) for name in sorted(known)}
        hidden = Hidden(
            names=pseudonyms,
            ids={str(user_id): pseudonyms[name] for name, (_, user_id) in known.items() if user_id is not None},
        )
        numbers = pa.array([number for number, _ in known.values()], pa.int32())
        if known:
            _forget(warehouse, change, hidden, numbers)
            _remember(change, hidden)
            # What tables were made from is no longer what it was: they are made anew.
            change.say(BUILT_SEQ, NOWHERE)
    return sorted(known)


def forget_erased(warehouse: Warehouse) -> Sequence[str]:
    """Forget those whose account was erased, as the log says."""
    manifest, erased, names = warehouse.snapshot().manifest, set[int](), dict[int, str]()
    for kept in manifest.files(_PROFILES):
        table = pq.read_table(warehouse.folder / kept.path, columns=["learner", "field"])
        erased.update(table.filter(pc.equal(table["field"], "erased"))["learner"].to_pylist())
    if not erased:
        return []
    for kept in manifest.files(LEARNERS):
        table = pq.read_table(warehouse.folder / kept.path)
        names.update(zip(table["id"].to_pylist(), table["name"].to_pylist(), strict=True))
    return forget(warehouse, [name for number in erased if not (name := names.get(number, PREFIX)).startswith(PREFIX)])


class Forgotten:
    """Whom a later log must not bring back."""

    def __init__(self, warehouse: Warehouse) -> None:
        manifest = warehouse.snapshot().manifest
        self._salt = str(manifest.facts.get("salt", ""))
        self._pseudonyms: dict[str, str] = {}
        for kept in manifest.files(FORGOTTEN):
            table = pq.read_table(warehouse.folder / kept.path)
            self._pseudonyms.update(zip(table["digest"].to_pylist(), table["name"].to_pylist(), strict=True))

    def hidden(self, fields: pa.Table) -> pa.Table:
        """The same fields with everyone hidden who was forgotten."""
        if not self._pseudonyms:
            return fields
        names, ids = (_distinct(fields[name]) for name in ("username", "user_id"))
        return hide(fields, Hidden(names=self._of(names, ""), ids=self._of(ids, "#")))

    def _of(self, words: Iterable[str], mark: str) -> dict[str, str]:
        digests = {word: _digest(mark + word, self._salt) for word in words}
        return {word: self._pseudonyms[key] for word, key in digests.items() if key in self._pseudonyms}


def _distinct(column: pa.ChunkedArray) -> list[str]:
    return [word for word in pc.unique(column).to_pylist() if word]


def _digest(word: str, salt: str) -> str:
    return hashlib.blake2b(word.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


def _known(warehouse: Warehouse, names: set[str]) -> dict[str, tuple[int, int | None]]:
    found: dict[str, tuple[int, int | None]] = {}
    for kept in warehouse.snapshot().manifest.files(LEARNERS):
        table = pq.read_table(warehouse.folder / kept.path)
        rows = zip(*(table[column].to_pylist() for column in ("name", "id", "user_id")), strict=True)
        found.update({name: (number, user_id) for name, number, user_id in rows if name in names})
    return found


def _forget(warehouse: Warehouse, change: Change, hidden: Hidden, numbers: pa.Array) -> None:
    """Rewrite every file that speaks of them."""
    for part in ("bronze", "silver", _PROFILES, _IMPORTED, LEARNERS):
        for kept in change.manifest.files(part):
            before = pq.read_table(warehouse.folder / kept.path)
            after = _without(part, before, hidden, numbers)
            if not after.equals(before):
                _replace(warehouse, change, part, kept, after)
    _forget_addresses(warehouse, change)


def _forget_addresses(warehouse: Warehouse, change: Change) -> None:
    """Blank addresses from which nobody comes any more; their numbers stay theirs."""
    used = {
        number
        for kept in change.manifest.files("silver")
        for number in pc.unique(pq.read_table(warehouse.folder / kept.path, columns=["ip"])["ip"]).to_pylist()
    }
    for kept in change.manifest.files(_IPS):
        table = pq.read_table(warehouse.folder / kept.path)
        rows = zip(table["id"].to_pylist(), table["name"].to_pylist(), strict=True)
        names = pa.array([name if number in used else f"{PREFIX}{number}" for number, name in rows], pa.string())
        after = pa.table({"id": table["id"], "name": names})
        if not after.equals(table):
            _replace(warehouse, change, _IPS, kept, after)


def _without(part: str, table: pa.Table, hidden: Hidden, numbers: pa.Array) -> pa.Table:
    if part == "bronze":
        return hide(table, hidden)
    if part == LEARNERS:
        return _renamed(table, hidden)
    theirs = pc.is_in(table["learner"], numbers)
    if part == "silver":
        ip = pc.if_else(theirs, pa.scalar(_NO_IP, pa.int32()), table["ip"])
        return table.set_column(table.column_names.index("ip"), "ip", ip)
    if part == _PROFILES:
        return table.filter(pc.invert(theirs))
    return _impersonal(table, theirs.to_pylist(), hidden)


def _renamed(table: pa.Table, hidden: Hidden) -> pa.Table:
    # Whoever was known by the id alone before has a placeholder that tells the id.
    pseudonyms = {**hidden.names, **{f"#{number}": name for number, name in hidden.ids.items()}}
    names = table["name"].to_pylist()
    told = [pseudonyms.get(name, name) for name in names]
    both = zip(names, table["user_id"].to_pylist(), strict=True)
    ids = [None if name in pseudonyms else number for name, number in both]
    return pa.table({"id": table["id"], "name": pa.array(told, pa.string()), "user_id": pa.array(ids, pa.int64())})


def _impersonal(table: pa.Table, theirs: Sequence[bool], hidden: Hidden) -> pa.Table:
    rows = table["row"].to_pylist()
    for place, one in enumerate(theirs):
        if one:
            told = {name: value for name, value in json.loads(rows[place]).items() if name not in _PERSONAL}
            told["username"] = hidden.names.get(told.get("username", ""), told.get("username"))
            rows[place] = json.dumps(told, ensure_ascii=False)
    return table.set_column(table.column_names.index("row"), "row", pa.array(rows, pa.string()))


def _replace(warehouse: Warehouse, change: Change, part: str, kept: Kept, table: pa.Table) -> None:
    """Put the table in the place of the file, among the others of its part."""
    path = change.new_file(part)
    write(path, table, plain=_PLAIN.get(part, ()))
    before = change.manifest.files(part)
    change.drop(part)
    for old in before:
        if old.path != kept.path:
            change.add(part, warehouse.folder / old.path, rows=old.rows, notes=old.notes)
        elif table.num_rows:
            change.add(part, path, rows=table.num_rows, notes=kept.notes)


def _remember(change: Change, hidden: Hidden) -> None:
    salt = str(change.manifest.facts.get("salt") or secrets.token_hex(16))
    change.say("salt", salt)
    words: Mapping[str, str] = {**hidden.names, **{f"#{number}": name for number, name in hidden.ids.items()}}
    path = change.new_file(FORGOTTEN)
    digests = [_digest(word, salt) for word in words]
    write(path, pa.table({"digest": pa.array(digests), "name": pa.array([*words.values()])}))
    change.add(FORGOTTEN, path, rows=len(digests))
