import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction

from stoa.kernel import bus, tracking
from stoa.kernel.bus import Fact, afterwards, publish, when

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class Sang(Fact):
    """Somebody sang."""

    song: str

    def tracked(self) -> tracking.Tracked:
        return tracking.Tracked(event_type="sang", event={"song": self.song})


class Stumbled(Exception):
    """The listener fell."""


@pytest.fixture(autouse=True)
def forgetting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listeners of one test are no business of the next."""
    monkeypatch.setattr(bus, "_inside", defaultdict(list))
    monkeypatch.setattr(bus, "_after", defaultdict(list))


@pytest.fixture
def heard(forgetting: None) -> list[str]:
    heard: list[str] = []

    @when(Sang)
    def inside(fact: Sang) -> None:
        heard.append(f"inside {fact.song}")

    @afterwards(Sang)
    def after(fact: Sang) -> None:
        heard.append(f"after {fact.song}")

    return heard


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STOA_DATA", str(tmp_path))
    return tmp_path / "spool"


def spooled(folder: Path) -> list[object]:
    return [json.loads(line)["event"] for path in folder.rglob("*.log") for line in path.read_text().splitlines()]


def test_listeners_hear_inside_the_transaction_and_after_it(heard: list[str], folder: Path) -> None:
    with transaction.atomic():
        publish(Sang(song="one"))
        heard.append("committing")

    assert heard == ["inside one", "committing", "after one"]
    assert spooled(folder) == [{"song": "one"}]


def test_what_is_rolled_back_is_neither_told_afterwards_nor_spooled(heard: list[str], folder: Path) -> None:
    with transaction.atomic():
        publish(Sang(song="one"))
        transaction.set_rollback(True)

    assert heard == ["inside one"]
    assert spooled(folder) == []


def test_a_listener_inside_undoes_its_cause(folder: Path) -> None:
    @when(Sang)
    def stumble(fact: Sang) -> None:
        raise Stumbled

    with pytest.raises(Stumbled), transaction.atomic():
        publish(Sang(song="one"))

    assert spooled(folder) == []


def test_a_listener_afterwards_undoes_nothing_and_stops_nobody(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []

    @afterwards(Sang)
    def stumble(fact: Sang) -> None:
        raise Stumbled

    @afterwards(Sang)
    def listen(fact: Sang) -> None:
        heard.append(fact.song)

    with transaction.atomic():
        publish(Sang(song="one"))

    assert heard == ["one"]
    assert "stumble" in caplog.text
    assert spooled(folder) == [{"song": "one"}]
