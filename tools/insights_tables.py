"""Keeps docs/insights-tables.md true: every table of Insights with its columns, from the registry of metrics.

python -m tools.insights_tables            writes the page anew
python -m tools.insights_tables --check    exits with 1 where it is out of date
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from stoa.insights.engine.metrics.registry.metric import INTERNAL, Metric
from stoa.insights.engine.metrics.registry.tables import A_ROW, TABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "insights-tables.md"
HEAD = """# Tables of Insights

`stoa insights build` makes these; `stoa insights export TABLE --format csv|parquet|json [--course ID]` writes one. The
team of a course is left out everywhere but in person_course. Days are UTC's. Empty: not known, or nobody to speak of.
`of`: the column that a share is a share of. Made by `python -m tools.insights_tables` from the registry of metrics,
which tests hold against what is built.
"""


def main() -> int:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where it is out of date")
    new = page()
    if parser.parse_args().check:
        if PAGE.read_text() == new:
            return 0
        print("docs/insights-tables.md is out of date: python -m tools.insights_tables")
        return 1
    PAGE.write_text(new)
    return 0


def page() -> str:
    """The page as it ought to be."""
    return "\n".join([HEAD, *(line for name in TABLES for line in table(name))])


def table(name: str) -> Iterator[str]:
    """One table's section."""
    yield from (f"## {name}", "", f"One row: {A_ROW[name]}.", "", "| column | what it is | unit | of | source |")
    yield "|---|---|---|---|---|"
    yield from (row(metric) for metric in TABLES[name] if metric.name not in INTERNAL)
    yield ""


def row(metric: Metric) -> str:
    """One column's line."""
    words = (f"`{metric.name}`", metric.definition, metric.unit, metric.of and f"`{metric.of}`", metric.source)
    return "| " + " | ".join(word.replace("|", "\\|") for word in words) + " |"


if __name__ == "__main__":
    sys.exit(main())
