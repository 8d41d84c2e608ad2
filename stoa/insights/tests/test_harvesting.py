"""Pairs of accounts are found where one collected answers for the other, and nobody else is."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.insights.engine.asking.data import Opened
from stoa.insights.engine.asking.harvested import harvested
from stoa.insights.engine.asking.harvesting import groups
from stoa.insights.engine.metrics.build import build
from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.rules.answers import Harvest

COURSE = "course-v1:Uni+Bees+2026"
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOW = 4_000_000_000_000_000
Line = dict[str, object]


def line(who: str, ip: str, event_type: str, at: datetime, event: object) -> Line:
    """One line of the log."""
    return {
        "username": who,
        "ip": ip,
        "event_type": event_type,
        "event_source": "server",
        "time": at.isoformat(),
        "event": event,
        "context": {"user_id": sum(map(ord, who)), "course_id": COURSE},
    }


def problem(number: int) -> str:
    """The name of a problem."""
    return f"block-v1:Uni+Bees+2026+type@problem+block@p{number}"


def shows(who: str, ip: str, numbers: Sequence[int], *, at: datetime = MORNING) -> Iterator[Line]:
    """Is shown the answers, a minute apart."""
    for place, number in enumerate(numbers):
        yield line(who, ip, "showanswer", at + timedelta(minutes=place), {"problem_id": problem(number)})


def enters(
    who: str, ip: str, numbers: Sequence[int], *, at: datetime = MORNING + timedelta(seconds=40), right: bool = True
) -> Iterator[Line]:
    """Answers, a minute apart."""
    for place, number in enumerate(numbers):
        told = {"problem_id": problem(number), "success": "correct" if right else "incorrect", "grade": 1}
        yield line(who, ip, "problem_check", at + timedelta(minutes=place), {**told, "max_grade": 1})


def earns(who: str, ip: str) -> Iterator[Line]:
    """Gets the credential."""
    event = {"course_id": COURSE, "enrollment_mode": "honor", "certificate_id": who}
    yield line(who, ip, "edx.certificate.created", MORNING + timedelta(days=9), event)


def found(tmp_path: Path, lines: Sequence[Line]) -> tuple[Harvest, ...]:
    """What is found in a log of these lines."""
    (tmp_path / "tracking.log").write_text("\n".join(map(json.dumps, lines)))
    warehouse = Warehouse(tmp_path / "w")
    with warehouse.alone():
        ingest(warehouse, [tmp_path / "tracking.log"], now=NOW)
        build(warehouse)
    return harvested(Opened(warehouse).data(), COURSE).harvests


HOME, CAFE = "81.2.69.160", "81.2.69.144"
ALL = tuple(range(20))


def test_a_planted_pair_is_found_with_its_evidence(tmp_path: Path) -> None:
    lines = [
        *shows("second", HOME, ALL),
        *enters("first", HOME, ALL),
        *enters("second", HOME, ALL[:3], right=False),
        *earns("first", HOME),
    ]

    (one,) = found(tmp_path, lines)

    assert (one.certified, one.other, one.of, one.strict) == ("first", "second", 20, True)
    assert [one.median_seconds, one.p90_seconds, one.order] == pytest.approx([40, 40, 1])
    assert [(shown.problem[-3:], (shown.entered - shown.shown).seconds) for shown in one.problems[:2]] == [
        ("@p0", 40),
        ("@p1", 40),
    ]


def test_a_pair_that_an_account_between_them_joins_is_found(tmp_path: Path) -> None:
    lines = [
        *shows("second", CAFE, ALL),
        *enters("first", HOME, ALL),
        *enters("between", HOME, ALL[:1], right=False),
        *enters("between", CAFE, ALL[:1], right=False),
        *earns("first", HOME),
    ]

    assert [(one.certified, one.other) for one in found(tmp_path, lines)] == [("first", "second")]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [*shows("b", CAFE, ALL), *enters("a", HOME, ALL), *earns("a", HOME)], id="they share no address"
        ),
        pytest.param(
            [*shows("b", HOME, ALL[:9]), *enters("a", HOME, ALL), *earns("a", HOME)], id="fewer than ten answers"
        ),
        pytest.param(
            [*shows("b", HOME, ALL, at=MORNING + timedelta(days=1)), *enters("a", HOME, ALL), *earns("a", HOME)],
            id="answers are looked at afterwards, to learn",
        ),
        pytest.param(
            [*shows("b", HOME, ALL), *enters("a", HOME, ALL, at=MORNING + timedelta(days=2)), *earns("a", HOME)],
            id="the other answers two days later",
        ),
        pytest.param(
            [
                *shows("b", HOME, ALL),
                *enters("b", HOME, ALL, at=MORNING - timedelta(hours=9)),
                *enters("a", HOME, ALL),
                *earns("a", HOME),
            ],
            id="somebody who gets it right and reads the explanation",
        ),
        pytest.param(
            [*shows("b", HOME, ALL), *enters("a", HOME, ALL), *earns("a", HOME), *earns("b", HOME)],
            id="two friends who both earn it",
        ),
        pytest.param(
            [*shows("b", HOME, ALL), *enters("a", HOME, ALL)], id="nobody has the credential"
        ),
        pytest.param(
            [*shows("b", HOME, ALL), *enters("a", HOME, ALL[::-1], at=MORNING + timedelta(hours=1)), *earns("a", HOME)],
            id="in the opposite order",
        ),
        pytest.param(
            [
                *shows("b", HOME, ALL),
                *enters("a", HOME, ALL),
                *earns("a", HOME),
                *(one for who in "cdefghij" for one in enters(who, HOME, ALL[:1])),
            ],
            id="a school of ten on one address",
        ),
    ],
)  # fmt: skip
def test_innocents_are_not(tmp_path: Path, lines: list[Line]) -> None:
    assert found(tmp_path, lines) == ()


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=20))
def test_groups_are_those_that_shared_addresses_lead_to(pairs: list[tuple[int, int]]) -> None:
    learners, ips = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    together = {learner: {learner} for learner in range(int(learners.max()) + 1)}
    for _ in together:
        for one, ip in pairs:
            for other, same in pairs:
                if ip == same:
                    together[one] |= together[other]

    labels = groups(learners, ips)

    assert labels.tolist() == [min(together[learner]) for learner in together]
