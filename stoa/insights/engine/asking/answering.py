"""Answers one question after the other from the newest version; the same question about the same version only once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final

from stoa.insights.engine.asking.cohorts import cohorts
from stoa.insights.engine.asking.course import course, course_sql
from stoa.insights.engine.asking.data import Data, Opened
from stoa.insights.engine.asking.definitions import definitions
from stoa.insights.engine.asking.harvested import harvested
from stoa.insights.engine.asking.headline import headline
from stoa.insights.engine.asking.media import media
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.asking.system import system
from stoa.insights.engine.asking.tables import file_of_rows, table
from stoa.insights.engine.asking.trend import trend
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.rules.answers import Answer
from stoa.insights.rules.questions import Asked, Question
from stoa.insights.rules.wire import read, written

_REMEMBERED: Final = 512
_LARGEST: Final = 64 << 20


class Answers:
    """Everything that may be asked about a warehouse."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._opened = Opened(warehouse)
        self._given: OrderedDict[bytes, bytes] = OrderedDict()
        self._version = -1
        self._alone = threading.Lock()

    def answer(self, question: bytes) -> bytes:
        """The answer to a question as both go over the line. Raises NotWhatItSays, WarehouseUnreadable."""
        with self._alone:
            data = self._opened.data()
            if data.version != self._version:
                self._given.clear()
                self._version = data.version
            if question in self._given:
                self._given.move_to_end(question)
                return self._given[question]
            asked = read(Question, question)
            said = written(_ANSWERS[asked.asked](data, asked))
            self._remember(question, said)
            return said

    def _remember(self, question: bytes, said: bytes) -> None:
        self._given[question] = said
        while len(self._given) > _REMEMBERED or sum(map(len, self._given.values())) > _LARGEST:
            self._given.popitem(last=False)


_ANSWERS: Final[Mapping[Asked, Callable[[Data, Question], Answer]]] = {
    Asked.OVERVIEW: lambda data, asked: overview(data, asked.choice, asked.view, asked.own),
    Asked.HEADLINE: lambda data, _: headline(data),
    Asked.COURSE: lambda data, asked: course(data, asked.name),
    Asked.TABLE: table,
    Asked.SYSTEM: lambda data, _: system(data),
    Asked.PARQUET: file_of_rows,
    Asked.COHORTS: lambda data, asked: cohorts(data, asked.own or ()),
    Asked.COURSE_SQL: lambda data, asked: course_sql(data, asked.name, asked.part),
    Asked.HARVESTED: lambda data, asked: harvested(data, asked.name),
    Asked.MEDIA: media,
    Asked.DEFINITIONS: lambda data, _: definitions(data),
    Asked.TREND: lambda data, asked: trend(data, asked.view),
}
