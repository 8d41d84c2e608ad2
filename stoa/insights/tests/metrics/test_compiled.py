"""What was compiled once is not compiled again, until sources change or what was kept is spoiled."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis.expr.types as ir
import pytest

from stoa.insights.engine.metrics import compiled
from stoa.insights.engine.metrics.making import PERSON_COURSE

PART = "tables/pace"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Queries are kept here, and nothing of them is in memory."""
    path = tmp_path / "queries-one.json"
    monkeypatch.setattr(compiled, "_place", lambda: path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compiled.query_of.cache_clear()
    yield path
    compiled.query_of.cache_clear()


@pytest.fixture
def compiling(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compiled from now on."""
    found: list[str] = []
    really = compiled._sql  # noqa: SLF001 -- what is counted

    def counted(table: ir.Table) -> str:
        found.append(PART)
        return really(table)

    monkeypatch.setattr(compiled, "_sql", counted)
    return found


def test_another_process_takes_what_was_compiled(compiling: list[str]) -> None:
    first = compiled.query_of(PART)
    compiled.query_of.cache_clear()

    assert compiled.query_of(PART) == first
    assert len(compiling) == 1
    assert first.sql.startswith(("SELECT", "WITH"))
    assert "state/days" in first.parts


@pytest.mark.parametrize("spoiled", ["", "{", "[]", '{"tables/pace": 1}', '{"tables/pace": {"sql": "SELECT 1"}}'])
def test_what_is_spoiled_is_compiled_again(place: Path, compiling: list[str], spoiled: str) -> None:
    first = compiled.query_of(PART)
    compiled.query_of.cache_clear()
    place.write_text(spoiled)

    assert compiled.query_of(PART) == first
    assert len(compiling) == 2
    compiled.query_of.cache_clear()
    assert compiled.query_of(PART) == first
    assert len(compiling) == 2


def test_queries_of_other_sources_go_and_those_of_other_parts_stay(place: Path) -> None:
    old = place.with_name("queries-old.json")
    old.write_text("{}")

    compiled.query_of(PART)
    compiled.query_of(PERSON_COURSE.part)

    assert not old.exists()
    assert set(json.loads(place.read_text())) == {PART, PERSON_COURSE.part}
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_where_nothing_may_be_kept_it_is_compiled_each_time(
    place: Path, compiling: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled.query_of(PART)
    compiled.query_of.cache_clear()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "_place", lambda: place / "not" / "there.json")

    assert compiled.query_of(PART).sql
    assert len(compiling) == 2
    assert not place.exists()


def test_other_sources_have_another_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    here = compiled._place()  # noqa: SLF001 -- what is tested
    monkeypatch.setattr(compiled, "edition", lambda: "another")

    assert compiled._place() != here  # noqa: SLF001 -- what is tested
    assert here.parent.name == "__pycache__" or str(here).startswith(str(sys.pycache_prefix))
