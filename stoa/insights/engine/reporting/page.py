"""The report as one HTML file that stands alone."""

import hashlib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

from stoa.insights.engine.reporting.exhibit import Exhibit, Grid
from stoa.insights.engine.reporting.making import Report
from stoa.insights.engine.reporting.pictures import picture

PLACE: Final = "0" * 64
_STYLE = Path(__file__).with_name("report.css")


def page(report: Report, shapes: Mapping[str, str]) -> tuple[str, str]:
    """The file, and its fingerprint: SHA-256 over the file with noughts in the fingerprint's place."""
    blank = _document(report, shapes)
    fingerprint = hashlib.sha256(blank.encode()).hexdigest()
    return blank.replace(PLACE, fingerprint), fingerprint


def verified(text: str, fingerprint: str) -> bool:
    """Whether a file is as it was published."""
    return hashlib.sha256(text.replace(fingerprint, PLACE).encode()).hexdigest() == fingerprint


def _document(report: Report, shapes: Mapping[str, str]) -> str:
    imprint = report.imprint
    parts = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f'<meta name="fingerprint" content="{PLACE}">\n',
        f'<meta name="color-scheme" content="light dark">\n<title>{escape(imprint.title)}</title>\n',
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n",
        '<a class="skip" href="#report">To the report</a>\n',
        _head(report),
        '<main id="report">\n',
        _counters(report),
        _contents(report),
        *(_exhibit(one, shapes) for one in report.exhibits),
        "</main>\n",
        _foot(report),
        "</body>\n</html>\n",
    )
    return "".join(parts)


def _head(report: Report) -> str:
    imprint = report.imprint
    facts = {
        "Authors": ", ".join(map(escape, imprint.authors)),
        "Editor": escape(imprint.editor),
        "Published": f"<time>{imprint.published}</time>",
        "Period": f"{imprint.period.first} to {imprint.period.last}" if imprint.period else "",
        **({"Course": escape(report.course)} if report.course else {}),
        "Full text": f'<a href="{escape(imprint.full_text)}">{escape(imprint.full_text)}</a>',
    }
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
    return (
        f'<header>\n<h1>{escape(imprint.title)}</h1>\n<dl class="facts">{rows}</dl>\n'
        f'<p class="lead"><b>Method.</b> {escape(imprint.method)}</p>\n</header>\n'
    )


def _counters(report: Report) -> str:
    rows = "".join(
        f"<div><dt>{escape(one.name)}</dt><dd><strong>{escape(one.number)}</strong>"
        f"<small>{escape(one.definition)}</small></dd></div>\n"
        for one in report.counters
    )
    return (
        f'<section aria-labelledby="counted"><h2 id="counted">At a glance</h2>\n<dl class="kpi">{rows}</dl></section>\n'
    )


def _contents(report: Report) -> str:
    links = "".join(f'<li><a href="#{one.anchor}">{escape(one.question)}</a></li>\n' for one in report.exhibits)
    return f'<nav aria-labelledby="questions"><h2 id="questions">Questions</h2>\n<ol>{links}</ol></nav>\n'


def _exhibit(one: Exhibit, shapes: Mapping[str, str]) -> str:
    name = f"{one.anchor}-question"
    charts = "".join(picture(chart, shapes) for chart in one.charts)
    figure = f'<figure aria-labelledby="{name}">{charts}</figure>\n' if charts else ""
    return (
        f'<section id="{one.anchor}" class="exhibit" aria-labelledby="{name}">\n'
        f'<h2 id="{name}">{escape(one.question)}</h2>\n<p class="lead">{escape(one.answer)}</p>\n'
        f'<p class="number">{escape(one.number)}</p>\n<p class="of">Of whom: {escape(one.denominator)}.</p>\n'
        f"{figure}{''.join(map(_grid, one.grids))}"
        f'<p class="method"><b>How it is counted.</b> {escape(one.method)}</p>\n</section>\n'
    )


def _grid(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in grid.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td data-head="{escape(word)}">{escape(cell)}</td>'
            for word, cell in zip(grid.head[1:], row[1:], strict=True)
        )
        + "</tr>\n"
        for row in grid.rows
    )
    return (
        f"<details open><summary>{escape(grid.caption)}</summary>\n<table>\n<caption>{escape(grid.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></details>\n"
    )


def _foot(report: Report) -> str:
    return (
        f"<footer>\n<h2>Frozen</h2>\n<p>Made from version {report.version} of the warehouse. Fingerprint (SHA-256): "
        f"<code>{PLACE}</code></p>\n<p>To verify this file: <code>stoa insights report --verify report.html</code>, or "
        "put 64 noughts in the place of the fingerprint, wherever it stands, and take the SHA-256 of the file: it is "
        "the fingerprint. Compare it with the one that was published.</p>\n</footer>\n"
    )
