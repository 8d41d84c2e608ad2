"""Asks a database whether Stoa can live in it."""

import psycopg

from stoa.run.failures import CannotStart

_LEAST = 150000


def check_database(url: str) -> None:
    """Refuse a server that doesn't answer, is too old, or knows no letters but Latin ones."""
    try:
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as connection:
            if connection.info.server_version < _LEAST:
                raise CannotStart("Stoa needs PostgreSQL 15 or newer. Upgrade the server behind DATABASE_URL.")
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            row = connection.execute("SELECT cardinality(show_trgm('я'))").fetchone()
    except psycopg.OperationalError as reason:
        raise CannotStart(
            f"The database doesn't answer: {str(reason).strip()}\nStart it, or correct DATABASE_URL."
        ) from reason
    except psycopg.DatabaseError as reason:
        raise CannotStart(
            f"The database has no trigrams: {str(reason).strip()}\n"
            "As its administrator: CREATE EXTENSION pg_trgm; (Debian: apt install postgresql-contrib)."
        ) from reason
    if not row or not row[0]:
        raise CannotStart(
            "This database finds no words in Cyrillic, Arabic or Chinese, since its locale is plain C. "
            "Make it anew: CREATE DATABASE stoa TEMPLATE template0 ENCODING 'UTF8' "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' LC_CTYPE 'C.UTF-8';"
        )
