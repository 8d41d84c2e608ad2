"""Makes the tables of a warehouse, and brings them up to what came in since."""

from stoa.insights.engine.metrics.built import Built, keep_built
from stoa.insights.engine.metrics.compiled import edition
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS
from stoa.insights.engine.metrics.engines import Starts, Tell
from stoa.insights.engine.metrics.making import MAKINGS
from stoa.insights.engine.metrics.onward import onward
from stoa.insights.engine.metrics.prepared import Country
from stoa.insights.engine.metrics.resting import rest
from stoa.insights.engine.metrics.stale import mark_all_fresh, stale
from stoa.insights.engine.metrics.whole import whole
from stoa.insights.engine.reading import countries
from stoa.insights.engine.reading.countries import countries_of
from stoa.insights.engine.warehouse.manifest import NOWHERE, Manifest
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse


def silent(part: str, done: int, of: int) -> None:
    """Tell nobody."""
    del part, done, of


def build(
    warehouse: Warehouse,
    *,
    engine: Starts | None = None,
    country: Country = countries_of,
    tell: Tell = silent,
) -> None:
    """Make all tables, which count together at the end. The caller is `alone`. `engine` is another one than DuckDB."""
    with warehouse.writing() as change:
        until = whole(change, warehouse.folder, engine=engine, country=country, tell=tell)
        mark_all_fresh(change)
        keep_built(change, until=until, edition=_edition(country))


def advance(warehouse: Warehouse, *, country: Country = countries_of, tell: Tell = silent) -> None:
    """Bring tables up to what the warehouse holds: the same rows as of a build. The caller is `alone`.

    Tables that are made `at_rest` are left behind where others can be brought up; `catch_up` makes them.
    """
    with warehouse.writing() as change:
        before = _last(change, country)
        if before and before.seq == int(change.manifest.facts.get("seq", NOWHERE)):
            return
        if before:
            until = onward(change, warehouse.folder, before, country=country, tell=tell)
        else:
            until = whole(change, warehouse.folder, engine=None, country=country, tell=tell)
            mark_all_fresh(change)
        keep_built(change, until=until, edition=_edition(country))


def catch_up(warehouse: Warehouse, *, tell: Tell = silent) -> None:
    """Make the tables that `advance` left behind. The caller is `alone`."""
    with warehouse.writing() as change:
        built = Built.of(change.manifest)
        if built and stale(change.manifest):
            rest(change, warehouse.folder, until=built.until, tell=tell)


def is_behind(manifest: Manifest) -> bool:
    """Whether there is something that tables do not hold yet, or one of them was left behind."""
    built = Built.of(manifest)
    return built is None or built.seq != int(manifest.facts.get("seq", NOWHERE)) or bool(stale(manifest))


def _last(change: Change, country: Country) -> Built | None:
    """The build that can be gone on from."""
    built = Built.of(change.manifest)
    there = all(change.manifest.files(making.part) for making in (*MAKINGS, *COMPUTINGS))
    return built if built and there and built.edition == _edition(country) else None


def _edition(country: Country) -> str:
    """What tables and countries mean: where that changes, all is made anew."""
    return f"{edition()} {countries.edition() if country is countries_of else 'given'}"
