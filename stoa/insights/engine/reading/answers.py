"""What was answered to problems, part by part, from the payloads of checks."""

import json
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.reading.events import Events
from stoa.insights.engine.schema import statement
from stoa.insights.engine.warehouse.parquet import arrow_type, write
from stoa.insights.engine.warehouse.warehouse import Change

PART: Final = "statements/answers"
#: Of a longer answer the beginning is kept.
LONGEST: Final = 500
_SHAPE: Final = json.dumps(
    {
        "answers": "MAP(VARCHAR, JSON)",
        "correct_map": "MAP(VARCHAR, STRUCT(correctness VARCHAR))",
        "submission": "MAP(VARCHAR, STRUCT(answer JSON, variant VARCHAR, question VARCHAR, correct VARCHAR))",
    }
)
#: What the player of formulas sends along, and notes to a text: no answers.
_BESIDES: Final = "_(dynamath|comment)$"


#: Hints that an author wrote inside a choice, which the log repeats with every answer, and the space that they leave.
_HINTS: Final = "(?s)\\s*<(choice|option|compound)hint[^>]*>.*?</(choice|option|compound)hint>\\s*"


def _words(value: str) -> str:
    """An answer as text, without hints; of several choices all, as [one|other]. Most are one word in quotes."""
    several = f"'[' || array_to_string({value}->>'$[*]', '|') || ']'"
    other = f"CASE json_type({value}) WHEN 'ARRAY' THEN {several} ELSE {value}->>'$' END"
    plain = f"{value}[1] = '\"' AND NOT contains({value}, '\\')"
    return f"CASE WHEN {plain} THEN {value}[2:-2] ELSE {other} END"


def _without_hints(words: str) -> str:
    bare = f"CASE WHEN contains({words}, 'hint') THEN regexp_replace({words}, '{_HINTS}', '', 'g') ELSE {words} END"
    return f"left({bare}, {LONGEST})"


_QUERY: Final = f"""
WITH told AS (
    SELECT row, from_json(event, '{_SHAPE}') AS said FROM checks WHERE json_valid(event) AND event LIKE '%{{%'
),
parts AS (
    SELECT row, said, unnest(
        CASE WHEN cardinality(said.submission) > 0 THEN map_keys(said.submission)
        ELSE list_filter(map_keys(said.answers), lambda part: NOT regexp_matches(part, '{_BESIDES}')) END
    ) AS part FROM told
),
picked AS (
    SELECT row, part, said.submission[part] AS submitted, said.answers[part]::VARCHAR AS sent,
        said.submission[part].answer::VARCHAR AS given, said.correct_map[part].correctness AS correctness FROM parts
),
worded AS (
    SELECT row, part, submitted, correctness, {_words("given")} AS given, {_words("sent")} AS sent FROM picked
)
SELECT row, part, {_without_hints("coalesce(given, sent)")} AS answer, {_without_hints("sent")} AS choice,
    nullif(submitted.variant, '') AS variant, left(nullif(submitted.question, ''), {LONGEST}) AS question,
    CASE coalesce(nullif(submitted.correct, ''), correctness)
        WHEN 'true' THEN 1 WHEN 'correct' THEN 1
        WHEN 'false' THEN 0 WHEN 'incorrect' THEN 0 WHEN 'partially-correct' THEN 0 END::TINYINT AS correct
FROM worded ORDER BY row, part
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
    # To leave these out DuckDB would read each payload twice.
    told = told.filter(pc.is_valid(told["answer"]))
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
