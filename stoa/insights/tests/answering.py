"""The engine at work in a thread of the test, at the data folder's own door."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.asking.door import door, key, listening
from stoa.insights.engine.asking.serving import Service
from stoa.insights.engine.warehouse.warehouse import Warehouse


@contextmanager
def answering(warehouse: Warehouse) -> Iterator[None]:
    """Pages that ask are answered from this warehouse."""
    service = Service(listening(door()), Answers(warehouse), signed_with=key())
    running = threading.Thread(target=service.run)
    running.start()
    try:
        yield
    finally:
        service.stop()
        running.join()
        service._taking.close()  # noqa: SLF001 -- the process of a site ends with it
