"""Countries in which media failed too often in the last day (R093)."""

import duckdb

from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.kinds import Kind
from stoa.insights.rules.answers import Alert, Alerts

DAY = 86_400_000_000
RATE = 0.3
#: So few starts and failures say nothing about a country.
FEWEST = 10
_QUESTION = f"""
    SELECT country, count(*) FILTER (kind = {int(Kind.MEDIA_FAILED)}) AS failures,
        count(*) FILTER (kind = {int(Kind.PLAY)}) AS starts
    FROM read_parquet($events) JOIN (
        SELECT DISTINCT course, learner, country FROM read_parquet($people) WHERE country IS NOT NULL
    ) USING (course, learner)
    WHERE t > $since AND kind IN ({int(Kind.MEDIA_FAILED)}, {int(Kind.PLAY)})
    GROUP BY country ORDER BY country
"""  # noqa: S608 -- numbers of this module only


def alerts(data: Data) -> Alerts:
    """Of the media that were tried in a country (started or failed), the share that failed, where it passes 30 %."""
    since = int(data.snapshot.manifest.facts.get("last_t", 0)) - DAY
    recent = [
        str(data.snapshot.folder / kept.path)
        for kept in data.snapshot.manifest.files("silver")
        if int(kept.notes.get("last", 0)) > since
    ]
    people = data.snapshot.files("tables/person_course")
    if not recent or not people:
        return Alerts(version=data.version, as_of=data.as_of)
    told = {"events": recent, "people": people, "since": since}
    with duckdb.connect() as sql:
        counted = sql.execute(_QUESTION, told).fetchall()
    found = [
        Alert(country=country, failures=failures, starts=starts, rate=failures / (failures + starts))
        for country, failures, starts in counted
        if failures + starts >= FEWEST and failures / (failures + starts) > RATE
    ]
    return Alerts(version=data.version, as_of=data.as_of, alerts=tuple(found))
