from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.authoring.rules.outside import DRIFT, Answer, Known, Standing, distance, fingerprint, judge, standing_of

MONDAY = datetime(2026, 3, 2, 2, 17, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
PAGE = " ".join(f"word{n % 97} of paragraph {n // 40}" for n in range(400))
texts = st.text(min_size=1)


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (Answer(status=200), Standing.ANSWERS),
        (Answer(status=200, moved_to="https://new.example/"), Standing.MOVED),
        (Answer(status=404), Standing.MISSING),
        (Answer(missing=True), Standing.MISSING),
        (Answer(status=403), Standing.UNCLEAR),
        (Answer(status=503), Standing.FAILING),
        (Answer(problem="It did not answer in time."), Standing.FAILING),
        (Answer(refused=True), Standing.REFUSED),
    ],
)
def test_an_answer_says_how_a_resource_stands(answer: Answer, standing: Standing) -> None:
    assert standing_of(answer) is standing


@pytest.mark.req("R134")
def test_learners_are_warned_after_two_nights_and_no_longer_once_it_answers() -> None:
    once = judge(Known(), Answer(status=503), at=MONDAY)
    twice = judge(once, Answer(status=503), at=TUESDAY)
    back = judge(twice, Answer(status=200), at=TUESDAY)

    assert [once.told_to_learners, twice.told_to_learners, back.told_to_learners] == [False, True, False]
    assert (twice.broken_since, back.broken_since) == (MONDAY, None)


@pytest.mark.req("R134")
def test_another_page_at_the_same_address_is_called_changed_until_accepted() -> None:
    first = judge(Known(), Answer(status=200, fingerprint=fingerprint(PAGE)), at=MONDAY)
    sold = judge(first, Answer(status=200, fingerprint=fingerprint("This domain is for sale. Buy it now.")), at=TUESDAY)
    silent = judge(sold, Answer(status=503), at=TUESDAY + timedelta(days=1))

    assert first.drifted_at is None
    assert (sold.drifted_at, silent.drifted_at) == (TUESDAY, TUESDAY)
    assert sold.fingerprint == first.fingerprint != sold.latest


def test_a_new_date_on_a_page_is_no_change() -> None:
    assert distance(fingerprint(PAGE), fingerprint(f"{PAGE} Updated on Tuesday.")) < DRIFT


@given(texts, texts)
def test_fingerprints_are_of_words_and_their_distance_is_one(one: str, other: str) -> None:
    marks = [fingerprint(text) for text in (one, other)]
    if all(marks):
        assert distance(marks[0], marks[0]) == 0
        assert distance(*marks) == distance(*reversed(marks)) <= 64
    assert fingerprint(one.swapcase().casefold()) == fingerprint(one.swapcase())


@given(st.lists(st.sampled_from([200, 404, 503, 0, 403]), max_size=9))
def test_failures_count_looks_in_a_row(statuses: list[int]) -> None:
    known = Known()
    for night, status in enumerate(statuses):
        known = judge(known, Answer(status=status), at=MONDAY + timedelta(days=night))
    tail = 0
    for status in reversed(statuses):
        if status in {200, 403}:
            break
        tail += 1
    assert known.failures == tail
