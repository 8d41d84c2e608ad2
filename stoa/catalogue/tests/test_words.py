import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from stoa.catalogue.rules.guesses import guess
from stoa.catalogue.rules.words import searchable, text_query


def test_every_typed_word_must_occur_and_the_last_may_be_unfinished() -> None:
    assert text_query("first steps py") == "'first' & 'steps' & 'py':*"


@pytest.mark.req("R035")
def test_words_of_other_sites_find_the_words_of_this_one() -> None:
    assert text_query("homework help") == "('homework' | 'assignment') & 'help':*"
    assert text_query("discussion forum x") == "(('discussion' <-> 'forum') | ('peer' <-> 'forum')) & 'x':*"


def test_words_with_accents_are_found_without() -> None:
    assert text_query("café noir") == "('café' | 'cafe') & 'noir':*"
    assert searchable("Café") == "Café Cafe"


def test_chinese_is_found_by_pairs_of_signs() -> None:
    assert text_query("数据科学") == "'数据' & '据科' & '科学':*"
    assert searchable("学数据") == " 学数 数据 "


def test_a_slip_of_the_pen_is_understood() -> None:
    assert guess("pyhton stepz", ["First Steps in Python"]) == "python steps"
    assert guess("python", ["First Steps in Python"]) == ""


@pytest.mark.django_db
@settings(max_examples=60)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_query(typed: str) -> None:
    query = text_query(typed)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsquery('english', %s), to_tsquery('simple', %s)", [query, query])
        assert cursor.fetchone() is not None
