"""What every metric is, as its registry says."""

from typing import Final

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.metrics.registry.metric import COURSE, LEARNER, OBJECT, Metric
from stoa.insights.engine.metrics.registry.tables import A_ROW, TABLES
from stoa.insights.rules.answers import Defined, Definition, Definitions

#: Numbers that only join tables; they are no metrics.
_JOINS: Final = {COURSE, LEARNER, OBJECT}


def definitions(data: Data) -> Definitions:
    """Each table's columns, each defined once."""
    tables = tuple(
        Defined(table=name, a_row=A_ROW[name], metrics=tuple(_told(one) for one in metrics if one not in _JOINS))
        for name, metrics in TABLES.items()
    )
    return Definitions(version=data.version, as_of=data.as_of, tables=tables)


def _told(one: Metric) -> Definition:
    return Definition(metric=one.name, says=one.definition, unit=one.unit, denominator=one.of, source=one.source)
