"""The five counters of the whole site."""

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.overview import counts_of
from stoa.insights.rules.answers import Headline
from stoa.insights.rules.dimensions import Dimension


def headline(data: Data) -> Headline:
    """Courses, credentials, participants, hours, events: totals of the whole site, which are no cell of anybody."""
    counts = counts_of(data.crowd.counts(None))
    return Headline(
        version=data.version,
        as_of=data.as_of,
        courses=len(data.crowd.keys[Dimension.COURSE]),
        certificates=counts.certified or 0,
        participants=counts.participants or 0,
        hours=round(int(data.crowd.seconds.sum(dtype="uint64")) / 3600, 1),
        events=data.snapshot.manifest.rows("silver"),
    )
