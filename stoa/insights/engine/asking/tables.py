"""Tables to take along: the counts behind a figure, as rows or a Parquet file, with the SQL that makes them."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from stoa.insights.engine.asking.columns import LEARNERS, key_of
from stoa.insights.engine.asking.data import Data
from stoa.insights.engine.asking.overview import overview
from stoa.insights.engine.baseline.education import baseline
from stoa.insights.rules.answers import Cell, Counts, Overview, Table
from stoa.insights.rules.bands import ADULT, HIGH, OLDEST
from stoa.insights.rules.dimensions import Dimension
from stoa.insights.rules.questions import Question

COUNTS: Final = tuple(asdict(Counts()))
_SUMS: Final = """count(*) AS registered, count(*) FILTER (viewed) AS participants,
    count(*) FILTER (explored) AS explored,
    count(*) FILTER (certified) AS certified, count(*) FILTER (verified) AS verified,
    count(*) FILTER (verified AND certified) AS verified_certified,
    count(*) FILTER (intent = 'certificate') AS intenders,
    count(*) FILTER (intent = 'certificate' AND certified) AS intenders_certified"""


def table(data: Data, asked: Question) -> Table:
    """The table of that name: a dimension's groups, `days`, or `counts` of all that is chosen."""
    page = overview(data, asked.choice, asked.view, asked.own)
    dimension = next((one for one in Dimension if one.value == asked.name), None)
    special = _SPECIAL.get(asked.name)
    columns, rows = special(page) if special else _groups(page, dimension)
    return Table(
        version=data.version,
        as_of=data.as_of,
        name=asked.name,
        columns=columns,
        rows=() if asked.form == "parquet" else rows,
        sql=population_sql(asked) if asked.name == "population" else sql_of(asked, dimension),
        file=parquet_of(columns, rows) if asked.form == "parquet" else "",
    )


def file_of_rows(data: Data, asked: Question) -> Table:
    """The rows that a page shows, as a Parquet file."""
    file = parquet_of(asked.columns, asked.rows)
    return Table(version=data.version, as_of=data.as_of, name=asked.name, columns=asked.columns, file=file)


def sql_of(asked: Question, dimension: Dimension | None) -> str:
    """What DuckDB answers the same to, asked in the folder of the warehouse."""
    where = _where(asked, dimension)
    least = asked.view.smallest_cell
    keyed = f"{key_of(dimension)} AS key, " if dimension else ""
    grouped = f"\nGROUP BY key\nHAVING count(*) >= {least}\nORDER BY registered DESC, key" if dimension else ""
    hidden = f"-- Groups under {least} people are hidden, and others beside them so that nobody can work them out.\n"
    text = f"SELECT {keyed}{_SUMS}\nFROM 'tables/person_course/*.parquet'\nWHERE {where}{grouped};\n"
    return (hidden if least > 1 else "") + text


def _where(asked: Question, dimension: Dimension | None) -> str:
    free = asked.choice.without(dimension) if dimension else asked.choice
    wanted = [f"{key_of(name)} IN ({', '.join(map(_quoted, free.of(name)))})" for name in free.keys]
    if asked.own is not None:
        wanted.append(f"course_id IN ({', '.join(map(_quoted, asked.own))})")
    return " AND ".join([LEARNERS, *wanted])


def population_sql(asked: Question) -> str:
    """The same for learners' education beside that of the adults of their countries."""
    known = ", ".join(f"({_quoted(country)}, {share.share:.4f})" for country, share in sorted(baseline().items()))
    educated = ", ".join(map(_quoted, HIGH))
    return f"""WITH adults(country, share) AS (VALUES {known})
SELECT count(*) AS n, count(*) FILTER (education_group IN ({educated})) AS educated, round(sum(share), 1) AS expected
FROM 'tables/person_course/*.parquet' JOIN adults USING (country)
WHERE {_where(asked, None)} AND age BETWEEN {ADULT} AND {OLDEST} AND education_group IS NOT NULL;
"""  # noqa: S608 -- names of this module, texts quoted


def _population(page: Overview) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    told = page.population
    columns = ("n", "educated", "expected", "countries", "first_year", "last_year", "sources")
    if told is None:
        return columns, ()
    return columns, ((*(getattr(told, name) for name in columns[:-1]), "; ".join(told.sources)),)


def _groups(page: Overview, dimension: Dimension | None) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    if dimension is None:
        return COUNTS, (_cells(page.shown),)
    rows = tuple((one.key, *_cells(one.counts)) for one in page.slices.get(dimension, ()))
    return ("key", *COUNTS), rows


def _cells(counts: Counts | None) -> tuple[Cell, ...]:
    return tuple(asdict(counts).values()) if counts else (None,) * len(COUNTS)


def _days(page: Overview) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    rows = tuple((one.day.isoformat(), one.active, one.registered, one.certified) for one in page.days)
    return ("day", "active", "registered", "certified"), rows


_SPECIAL: Final[Mapping[str, Callable[[Overview], tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]]]] = {
    "days": _days,
    "population": _population,
}


def parquet_of(columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> str:
    """The rows as a Parquet file, in base64."""
    made = {}
    for place, name in enumerate(columns):
        cells = [row[place] for row in rows]
        made[name] = pa.array(cells, _kind_of(cells))
    out = pa.BufferOutputStream()
    pq.write_table(pa.table(made), out, compression="zstd", store_schema=False)
    return b64encode(out.getvalue().to_pybytes()).decode()


def _kind_of(cells: Sequence[Cell]) -> pa.DataType:
    told = {type(cell) for cell in cells if cell is not None}
    if str in told:
        return pa.string()
    return pa.float64() if float in told else pa.bool_() if told == {bool} else pa.int64()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
