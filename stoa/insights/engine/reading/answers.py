"""What was answered to problems, part by part, from the payloads of checks."""

from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.reading.events import Events
from stoa.insights.engine.schema import statement
from stoa.insights.engine.warehouse.parquet import arrow_type, write
from stoa.insights.engine.warehouse.warehouse import Change

PART: Final = "statements/answers"
#: Of a longer answer the beginning is kept.
LONGEST: Final = 500
_SHAPE: Final = (
    '{"answers": "MAP(VARCHAR, JSON)", "correct_map": "MAP(VARCHAR, JSON)", "submission": "MAP(VARCHAR, JSON)"}'
)
#: What the player of formulas sends along, and notes to a text: no answers.
_BESIDES: Final = "_(dynamath|comment)$"


#: Hints that an author wrote inside a choice, which the log repeats with every answer, and the space that they leave.
_HINTS: Final = "(?s)\\s*<(choice|option|compound)hint[^>]*>.*?</(choice|option|compound)hint>\\s*"


def _words(value: str) -> str:
    """An answer as text, without hints; of several choices all, as [one|other]."""
    several = f"'[' || array_to_string({value}->>'$[*]', '|') || ']'"
    whole = f"CASE json_type({value}) WHEN 'ARRAY' THEN {several} ELSE {value}->>'$' END"
    return f"left(regexp_replace({whole}, '{_HINTS}', '', 'g'), {LONGEST})"


_QUERY: Final = f"""
WITH told AS (
    SELECT row, from_json(event, '{_SHAPE}') AS said FROM checks
    WHERE json_valid(event) AND json_type(event) = 'OBJECT'
),
parts AS (
    SELECT row, said, unnest(
        CASE WHEN cardinality(said.submission) > 0 THEN map_keys(said.submission)
        ELSE list_filter(map_keys(said.answers), lambda part: NOT regexp_matches(part, '{_BESIDES}')) END
    ) AS part FROM told
),
picked AS (
    SELECT row, part, said.submission[part] AS submitted, said.answers[part] AS sent,
        said.correct_map[part]->>'$.correctness' AS correctness FROM parts
)
SELECT row, part, coalesce({_words("(submitted->'$.answer')")}, {_words("sent")}) AS answer, {_words("sent")} AS choice,
    nullif(submitted->>'$.variant', '') AS variant, left(nullif(submitted->>'$.question', ''), {LONGEST}) AS question,
    CASE coalesce(nullif(submitted->>'$.correct', ''), correctness)
        WHEN 'true' THEN 1 WHEN 'correct' THEN 1
        WHEN 'false' THEN 0 WHEN 'incorrect' THEN 0 WHEN 'partially-correct' THEN 0 END::TINYINT AS correct
FROM picked WHERE answer IS NOT NULL ORDER BY row, part
"""  # noqa: S608 -- only constants of this module stand in it


def keep_answers(con: duckdb.DuckDBPyConnection, change: Change, found: Events, first_seq: int) -> None:
    """Let the answers of these events be part of the change."""
    here = np.flatnonzero((found.kind == Kind.CHECK) & (found.course >= 0) & (found.learner >= 0) & (found.object >= 0))
    if not len(here):
        return
    con.register("checks", pa.table({"row": here, "event": found.fields["event"].take(here)}))
    try:
        told = con.sql(_QUERY).to_arrow_table()
    finally:
        con.unregister("checks")
    if not told.num_rows:
        return
    rows = told["row"].to_numpy()
    numbers = {name: getattr(found, name)[rows] for name in ("course", "learner", "object", "t")}
    columns = {**numbers, "seq": rows + first_seq}
    whole = pa.table(
        {
            name: pa.array(columns[name]).cast(arrow_type(kind)) if name in columns else told[name]
            for name, kind in statement(PART).items()
        }
    )
    path = change.new_file(PART)
    write(path, whole, plain=("t", "seq"))
    change.add(PART, path, rows=whole.num_rows)
