"""`stoa insights draw`: the picture of a downloaded chart specification, byte for byte."""

import sys
from pathlib import Path
from typing import TextIO

import click

from stoa.insights.queries.shapes import shapes
from stoa.insights.rules.charts.drawing import draw as drawn
from stoa.insights.rules.charts.specification import Malformed, read

_HELP = """Draw a chart specification that was downloaded from a figure: the same picture, byte for byte.

\b
Examples:
  stoa insights draw stoa-countries.json -o countries.svg
  stoa insights draw - < stoa-age.json > age.svg

Exit codes: 0 drawn, 1 no specification, 2 wrong use.
"""


@click.command(help=_HELP)
@click.argument("specification", type=click.File(encoding="utf-8"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to; standard output if not said."
)
def draw(specification: TextIO, output: Path | None) -> None:
    """Read, draw, write."""
    try:
        picture = drawn(read(specification.read()), shapes())
    except Malformed as reason:
        click.echo(f"stoa insights draw: this is no chart specification ({reason}).", err=True)
        sys.exit(1)
    if output:
        output.write_text(picture, encoding="utf-8")
    else:
        click.echo(picture, nl=False)
