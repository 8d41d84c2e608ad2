"""Makes the tables of a warehouse, and brings them up to what came in since."""

from collections.abc import Callable
from contextlib import ExitStack

from stoa.insights.engine.metrics.built import Built, keep_built
from stoa.insights.engine.metrics.compiled import edition
from stoa.insights.engine.metrics.computed.computing import COMPUTINGS
from stoa.insights.engine.metrics.engines import Starts, Tell
from stoa.insights.engine.metrics.making import MAKINGS
from stoa.insights.engine.metrics.onward import onward
from stoa.insights.engine.metrics.prepared import Country
from stoa.insights.engine.metrics.resting import rest, rest_one
from stoa.insights.engine.metrics.stale import mark_all_fresh, stale
from stoa.insights.engine.metrics.whole import whole
from stoa.insights.engine.metrics.workplace import Workplace, workplace
from stoa.insights.engine.reading import countries
from stoa.insights.engine.reading.countries import countries_of
from stoa.insights.engine.warehouse.manifest import NOWHERE, Manifest
from stoa.insights.engine.warehouse.warehouse import Change, Warehouse


def silent(part: str, done: int, of: int) -> None:
    """Tell nobody."""
    del part, done, of


def nothing(change: Change) -> None:
    """Add nothing to a change."""
    del change


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
        mark_all_fresh(change, until=until)
        keep_built(change, until=until, edition=_edition(country))


def advance(
    warehouse: Warehouse,
    *,
    country: Country = countries_of,
    tell: Tell = silent,
    at: Workplace | None = None,
    also: Callable[[Change], None] = nothing,
) -> None:
    """Bring tables up to what the warehouse holds: the same rows as of a build. The caller is `alone`.

    Only states and person_course are brought up where that can be done; `catch_up` makes what waits for a rest. Who
    comes often keeps a workplace. `also` adds to the change what belongs to it, at its end.
    """
    with warehouse.writing() as change, ExitStack() as stack:
        before = _last(change, country)
        if before and before.seq == int(change.manifest.facts.get("seq", NOWHERE)):
            return
        if before:
            place = at or stack.enter_context(workplace())
            until = onward(change, warehouse.folder, before, country=country, at=place)
        else:
            until = whole(change, warehouse.folder, engine=None, country=country, tell=tell)
            mark_all_fresh(change, until=until)
        keep_built(change, until=until, edition=_edition(country))
        also(change)


def catch_up(warehouse: Warehouse, *, tell: Tell = silent) -> None:
    """Make the tables that `advance` left behind. The caller is `alone`."""
    with warehouse.writing() as change:
        built = Built.of(change.manifest)
        if built and stale(change.manifest):
            with workplace() as place:
                rest(change, warehouse.folder, until=built.until, at=place, tell=tell)


def catch_up_one(warehouse: Warehouse, *, at: Workplace) -> bool:
    """Make one of the tables that `advance` left behind; False where none was. The caller is `alone`."""
    with warehouse.writing() as change:
        built = Built.of(change.manifest)
        return bool(built and rest_one(change, warehouse.folder, until=built.until, at=at))


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
