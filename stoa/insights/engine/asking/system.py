"""How the machinery does."""

from datetime import UTC, datetime

from stoa.insights.engine.asking.data import Data
from stoa.insights.rules.answers import System


def system(data: Data) -> System:
    """What was read and refused, and how long events took; the follower writes the latter into the manifest."""
    manifest = data.snapshot.manifest
    facts = manifest.facts
    last = int(facts.get("last_t", 0))
    lags = facts.get("lag_p50_ms"), facts.get("lag_p95_ms")
    return System(
        version=data.version,
        as_of=data.as_of,
        events=manifest.rows("silver"),
        watermark=datetime.fromtimestamp(last / 1e6, tz=UTC) if last else None,
        lag_p50=int(lags[0]) / 1000 if lags[0] is not None else None,
        lag_p95=int(lags[1]) / 1000 if lags[1] is not None else None,
        lag_n=int(facts.get("lag_n", 0)),
        rejected=manifest.rows("quarantine"),
        duplicates=int(facts.get("duplicates", 0)),
        ip_source=str(facts.get("ip_source", "")),
        ip_vintage=str(facts.get("ip_vintage", "")),
    )
