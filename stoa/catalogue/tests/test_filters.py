from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.catalogue.rules.filters import KINDS, ORDERS, Wanted, counts, matches, wanted_from
from stoa.catalogue.rules.runs import RunDates, State, best

VALUES = st.builds("{}:{}".format, st.sampled_from(KINDS[:4]), st.sampled_from(["a", "b", "c"]))
COURSES = st.lists(st.sets(VALUES, max_size=6).map(sorted), max_size=12)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.req("R065")
@given(COURSES, st.frozensets(VALUES, max_size=4), VALUES)
def test_a_count_is_what_one_sees_after_choosing(
    courses: Sequence[Sequence[str]], chosen: frozenset[str], value: str
) -> None:
    kind = value.partition(":")[0]
    alone = frozenset(one for one in chosen if not one.startswith(f"{kind}:")) | {value}

    assert counts(courses, chosen)[value] == sum(matches(facets, alone) for facets in courses)


@given(st.text(max_size=30), st.frozensets(VALUES, max_size=4), st.sampled_from(ORDERS), st.integers(1, 300))
def test_an_address_says_all_that_is_wanted(typed: str, chosen: frozenset[str], order: str, page: int) -> None:
    words = " ".join(typed.replace("\0", " ").split())
    wanted = Wanted(typed=words, chosen=chosen, order=order, page=page)
    given_back = {"q": [words], "order": [order], "page": [str(page)]} | {kind: wanted.values(kind) for kind in KINDS}

    assert wanted_from(given_back) == wanted


@given(st.dictionaries(st.sampled_from(["q", "page", "order", "language", "x"]), st.lists(st.text(max_size=9))))
def test_any_address_can_be_read(given_: dict[str, list[str]]) -> None:
    wanted = wanted_from(given_)

    assert wanted.page >= 1
    assert wanted.order in ORDERS


def test_choosing_twice_is_not_choosing() -> None:
    wanted = Wanted(typed="python", page=3)

    assert wanted.toggled("language:en").toggled("language:en") == Wanted(typed="python")


def run(code: str, days: int, *, self_paced: bool = False) -> RunDates:
    start = NOW + timedelta(days=days)
    return RunDates(code=code, starts_at=start, ends_at=start + timedelta(days=30), self_paced=self_paced)


def test_the_next_run_to_start_is_offered() -> None:
    assert best([run("old", -90), run("now", -10), run("soon", 10), run("later", 60)], NOW) == run("soon", 10)


def test_a_run_that_one_can_start_today_comes_first() -> None:
    assert best([run("soon", 10), run("any", -10, self_paced=True)], NOW) == run("any", -10, self_paced=True)


@pytest.mark.req("R147")
def test_when_all_runs_have_ended_the_latest_stays_open() -> None:
    chosen = best([run("first", -400), run("last", -90)], NOW)

    assert chosen == run("last", -90)
    assert chosen is not None
    assert chosen.state(NOW) is State.ENDED
