"""The database as Django opens it; it looks for this file and this name."""

import select

from django.db.backends.postgresql import base
from psycopg import Error


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is kept between requests, and asked nothing while it is quiet."""

    def is_usable(self) -> bool:
        """Whether the connection lives: a server that goes says so, or the line breaks; either can be read from it.

        Django's own way is a question and its answer before each request.
        """
        if self.connection is None or self.connection.closed:
            return False
        try:
            line = self.connection.pgconn.socket
        except Error:
            return False
        waiting = select.poll()
        waiting.register(line, select.POLLIN | select.POLLHUP | select.POLLERR)
        return not waiting.poll(0)
