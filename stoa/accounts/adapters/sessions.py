"""Sessions that bring their person along: every page of someone signed in asks for both, so one query answers both."""

from functools import cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection

from stoa.accounts.models import Person, Session
from stoa.kernel.clock import now
from stoa.mail.queries import UNREAD


class SessionStore(DatabaseStore):
    """Django's sessions in the database, and who they belong to."""

    person: Person | None = None
    """Who the session says is here, as the database knows them; whether to believe it is the middleware's matter."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own rows."""
        return Session

    def load(self) -> dict[str, Any]:
        """What is remembered, and the person with it."""
        with connection.cursor() as cursor:
            cursor.execute(_with_person(), [self.session_key, now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        words, number, unread, *facts = row
        if number is not None:
            self.person = Person.from_db(connection.alias, _fields(), facts)
            self.person.unread_notices = unread
        return self.decode(words)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with the person who is signed in."""
        row = super().create_model_instance(data)
        person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return Session(
            session_key=row.session_key, session_data=row.session_data, expire_date=row.expire_date, person_id=person_id
        )


@cache
def _fields() -> list[str]:
    return [field.attname for field in Person._meta.concrete_fields]  # noqa: SLF001 -- Django's own name for it


@cache
def _with_person() -> str:
    columns = ", ".join(f'p."{field.column}"' for field in Person._meta.concrete_fields)  # noqa: SLF001 -- Django's own name for it
    unread = UNREAD.format(person="s.person_id")
    sessions, people = Session._meta.db_table, Person._meta.db_table  # noqa: SLF001 -- Django's own name for it
    return (
        f"SELECT s.session_data, s.person_id, {unread}, {columns} FROM {sessions} AS s"  # noqa: S608 -- names of our own tables
        f" LEFT JOIN {people} AS p ON p.id = s.person_id WHERE s.session_key = %s AND s.expire_date > %s"
    )
