import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.courseware.rules import notebooks
from stoa.courseware.rules.notebooks import NoteLine, clock, seconds_of

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)
WORDS = st.lists(LINES, min_size=1, max_size=5).map("\n".join)
notes = st.builds(
    NoteLine,
    step_id=st.from_regex(r"\A[a-z0-9_.@-]{1,20}\Z"),
    step_title=st.lists(st.from_regex(r"\A[A-Za-zé:#?!-]{1,9}\Z"), min_size=1, max_size=4).map(" ".join),
    seconds=st.none() | st.integers(0, 359_999),
    at=st.datetimes(min_value=datetime(2020, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- Hypothesis adds UTC
    text=WORDS | st.just("<!-- step: x · 2026-01-01 -->\n## Loops at 2:14\n<!-- step: a · b -->"),
)


@pytest.mark.req("R071")
@given(st.lists(notes, max_size=4))
def test_a_notebook_reads_back_as_it_was_written(written: list[NoteLine]) -> None:
    assert list(notebooks.read(notebooks.written("First Steps", written))) == written


@given(st.integers(0, 359_999))
def test_a_time_reads_back_as_it_is_shown(seconds: int) -> None:
    assert seconds_of(clock(seconds)) == seconds


@pytest.mark.parametrize("odd", [" ", "soon", "-1:00", "1:2:3:4", "1:", "2.14"])
def test_what_is_no_time_is_refused(odd: str) -> None:
    with pytest.raises(ValueError, match=re.escape(odd)):
        seconds_of(odd)
