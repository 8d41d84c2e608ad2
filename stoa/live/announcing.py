"""Tells the live service something, by the database's NOTIFY."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, Protocol

import psycopg

CHANNEL = "stoa_live"
# PostgreSQL takes 8,000 bytes.
LONGEST = 7900
_NOTIFY: Final = "SELECT pg_notify(%s, %s)"
Data = Mapping[str, str | int | float | bool | None]


class Cursor(Protocol):
    """Any database cursor, Django's or psycopg's."""

    def execute(self, query: str, params: list[str], /) -> object:
        """Run one statement."""


class TooLong(ValueError):
    """An announcement holds at most 7,900 bytes: send the address of the rest."""


def announce(cursor: Cursor, *, topic: str, event: str, data: Data) -> None:
    """Tell whoever listens to the topic; it travels when the transaction commits, and not at all if it doesn't."""
    cursor.execute(_NOTIFY, [CHANNEL, _message(topic, event, data)])


def announce_now(*, topic: str, event: str, data: Data) -> None:
    """Tell it at once, over a connection of its own: for the progress of a long transaction."""
    message = _message(topic, event, data)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(_NOTIFY, [CHANNEL, message])


class Unheard(ConnectionError):
    """Nobody hears it: the database cannot be reached. Pages hear what is told next, or read themselves again."""


class Announcer:
    """Tells things at once over one connection that it keeps, for who has something to tell again and again."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection | None = None

    def __call__(self, *, topic: str, event: str, data: Data) -> None:
        """Tell it; over a new connection where the one that was kept has broken. Raises Unheard."""
        message = _message(topic, event, data)
        if self._connection is not None:
            with suppress(psycopg.OperationalError):
                self._connection.execute(_NOTIFY, [CHANNEL, message])
                return
            self.close()
        try:
            self._connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
            self._connection.execute(_NOTIFY, [CHANNEL, message])
        except psycopg.OperationalError as reason:
            raise Unheard(f"{Unheard.__doc__} ({reason})") from reason

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _message(topic: str, event: str, data: Data) -> str:
    message = json.dumps({"topic": topic, "event": event, "data": dict(data)}, ensure_ascii=False)
    if len(message.encode()) > LONGEST:
        raise TooLong
    return message
