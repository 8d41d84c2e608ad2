"""The report as a tagged PDF, typeset by Typst out of the same report."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import typst

from stoa.insights.engine.reporting.making import Report
from stoa.insights.rules.charts.drawing import draw

_TEMPLATE = Path(__file__).with_name("report.typ")


def paper(report: Report, shapes: Mapping[str, str], *, fingerprint: str) -> bytes:
    """PDF bytes: the same report gives the same."""
    day = report.imprint.published
    if day is None:
        raise ValueError("a report without a date is not published")
    return typst.compile(
        str(_TEMPLATE),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_said(report, shapes, fingerprint))},
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
        pdf_tags=True,
        pdf_standards="ua-1",
    )


def _said(report: Report, shapes: Mapping[str, str], fingerprint: str) -> dict[str, object]:
    imprint = report.imprint
    return {
        "title": imprint.title,
        "authors": imprint.authors,
        "facts": [
            ["Authors", ", ".join(imprint.authors)],
            ["Editor", imprint.editor],
            ["Published", str(imprint.published)],
            ["Period", f"{imprint.period.first} to {imprint.period.last}" if imprint.period else ""],
            *([["Course", report.course]] if report.course else []),
        ],
        "link": imprint.full_text,
        "method": imprint.method,
        "counters": [vars(one) for one in report.counters],
        "exhibits": [
            {
                **{name: getattr(one, name) for name in ("question", "answer", "number", "denominator", "method")},
                "charts": [{"svg": draw(chart, shapes), "alt": chart.title} for chart in one.charts],
                "grids": [vars(grid) for grid in one.grids],
            }
            for one in report.exhibits
        ],
        "version": report.version,
        "fingerprint": fingerprint,
    }
