"""The report as a tagged PDF, typeset by Typst out of the same report."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typst

from stoa.insights.engine.reporting.making import Report
from stoa.insights.rules.charts import lines
from stoa.insights.rules.charts.drawing import draw
from stoa.insights.rules.charts.specification import Chart, Kind

_SMALL: Final = (
    "text{font-size:19px;fill:#4c5960}.e{text-anchor:end}.grid{fill:none;stroke:#dedacf}"
    ".line{fill:none;stroke-width:2.5}.l1{stroke:#0b5a70}"
)
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


def _drawn(chart: Chart, shapes: Mapping[str, str]) -> dict[str, str | bool]:
    if chart.kind is not Kind.LINES:
        return {"svg": draw(chart, shapes), "alt": chart.title, "small": False}
    wide, high = lines.BOX
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-24 0 {wide + 24} {high}"><style>{_SMALL}</style>'
    return {"svg": f"{start}{lines.picture(chart)}</svg>", "alt": chart.title, "small": True}


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
                "charts": [_drawn(chart, shapes) for chart in one.charts],
                "grids": [vars(grid) for grid in one.grids],
            }
            for one in report.exhibits
        ],
        "version": report.version,
        "fingerprint": fingerprint,
    }
