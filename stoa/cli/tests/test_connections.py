import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept_between_requests() -> Iterator[None]:
    """As in a served process: the connection outlives its request."""
    connection.close()
    connection.settings_dict["CONN_MAX_AGE"] = None
    yield
    connection.close()
    connection.settings_dict["CONN_MAX_AGE"] = 0


def asked(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_a_quiet_connection_is_kept() -> None:
    asked("SELECT 1")

    kept = connection.connection
    connection.close_if_unusable_or_obsolete()
    asked("SELECT 2")

    assert connection.connection is kept


def test_a_connection_that_the_server_closed_is_opened_anew_before_anything_is_asked() -> None:
    process = asked("SELECT pg_backend_pid()")
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [process])
    until = time.monotonic() + 10
    while connection.is_usable() and time.monotonic() < until:
        time.sleep(0.01)

    connection.close_if_unusable_or_obsolete()

    assert asked("SELECT pg_backend_pid()") != process


def test_no_connection_is_usable_before_it_is_opened() -> None:
    connection.close()

    assert not connection.is_usable()


def test_a_question_that_comes_again_is_prepared() -> None:
    question = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%accounts_person%%'"
    with connection.cursor() as cursor:
        for number in range(3):
            cursor.execute("SELECT display_name FROM accounts_person WHERE id = %s", [number])

    assert asked(question) == 1
