"""`stoa insights report`: the public report, as a page that stands alone and as a PDF."""

import re
import sys
from datetime import date, datetime
from pathlib import Path

import click

from stoa.insights.commands.places import warehouse_option
from stoa.insights.engine.reporting.imprint import METHOD, Imprint, NotPublishable
from stoa.insights.engine.reporting.making import HOME, Report, make
from stoa.insights.engine.reporting.page import page, verified
from stoa.insights.engine.reporting.paper import paper
from stoa.insights.engine.reporting.people import NothingToReport, Period
from stoa.insights.engine.warehouse.manifest import WarehouseUnreadable
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.queries.shapes import shapes

_HELP = """Write the report: one question, one figure each, with its number, its denominator and its method.

It is frozen: the same warehouse gives the same bytes, and the page carries a fingerprint over all that it says. It is
not written without title, authors, editor, date, period, method and a link to the full text. With --course it is the
final report of one finished run.

\b
Examples:
  stoa insights report --title "Four years" --author "A. Writer" --author "B. Writer" --editor "C. Editor" \\
      --date 2026-11-29 --full-text https://example.org/four-years --from 2012-09-01 --to 2016-08-31 \\
      -o report.html --pdf report.pdf
  stoa insights report --course course-v1:SouthX+CS100+2014_T3_1 --title "CS100: final report" … -o cs100.html
  stoa insights report --verify report.html

Exit codes: 0 written (or unchanged since it was published), 1 not publishable or nothing to report (or changed),
2 wrong use.
"""
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_FILE = click.Path(path_type=Path, dir_okay=False)
_FINGERPRINT = re.compile(r'<meta name="fingerprint" content="([0-9a-f]{64})">')


def _day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def _verify(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    if path is None:
        return
    text = path.read_text(encoding="utf-8")
    found = _FINGERPRINT.search(text)
    if not found or not verified(text, found[1]):
        click.echo(f"stoa insights report: {path} is not as it was published.", err=True)
        context.exit(1)
    else:
        click.echo(f"{path} is as it was published: {found[1]}")
        context.exit(0)


@click.command(help=_HELP)
@warehouse_option
@click.option("--from", "first", type=_DAY, callback=_day, help="First day of the period; else that of the data.")
@click.option("--to", "last", type=_DAY, callback=_day, help="Last day of the period; else that of the data.")
@click.option("--course", default="", help="The id of one finished run, to report on it alone.")
@click.option("--title", default="", help="Of the report.")
@click.option("--author", "authors", multiple=True, help="Once for each author.")
@click.option("--editor", default="")
@click.option("--date", "published", type=_DAY, callback=_day, help="The day of publication.")
@click.option("--full-text", default="", help="The address at which all of it can be read.")
@click.option("--method", default=METHOD, help="How the figures are made, in a few sentences.")
@click.option("--home", default=HOME, show_default=True, help="The country that others are told apart from.")
@click.option("-o", "--output", type=_FILE, help="Where the page goes.")
@click.option("--pdf", type=_FILE, help="Where the PDF goes.")
@click.option("--json", "wants_json", is_flag=True, help="Print the report as JSON on standard output.")
@click.option("--verify", type=click.Path(path_type=Path, exists=True, dir_okay=False), callback=_verify,
              is_eager=True, expose_value=False, help="Check that a page is as it was published.")  # fmt: skip
def report(
    *, warehouse: Path, first: date | None, last: date | None, course: str, title: str, authors: tuple[str, ...],
    editor: str, published: date | None, full_text: str, method: str, home: str, output: Path | None,
    pdf: Path | None, wants_json: bool,
) -> None:  # fmt: skip
    """Check the imprint, make the report, write it."""
    if output is None and pdf is None and not wants_json:
        raise click.UsageError("say where it goes: -o report.html, --pdf report.pdf or --json")
    imprint = Imprint(
        title=title,
        authors=authors,
        editor=editor,
        published=published,
        period=_period(first, last),
        full_text=full_text,
        method=method,
    )
    try:
        made = make(Warehouse(warehouse).snapshot(), imprint, course=course, home=home)
    except (NotPublishable, NothingToReport, WarehouseUnreadable) as reason:
        click.echo(f"stoa insights report: {reason}", err=True)
        sys.exit(1)
    _write(made, output, pdf, wants_json=wants_json)


def _period(first: date | None, last: date | None) -> Period | None:
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise click.UsageError("a period has two ends in order: --from and --to")
    return Period(first=first, last=last)


def _write(made: Report, output: Path | None, pdf: Path | None, *, wants_json: bool) -> None:
    text, fingerprint = page(made, shapes())
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
    if pdf:
        pdf.write_bytes(paper(made, shapes(), fingerprint=fingerprint))
    if wants_json:
        click.echo(made.written(), nl=False)
    else:
        click.echo(f"{len(made.exhibits)} questions; fingerprint {fingerprint}")
