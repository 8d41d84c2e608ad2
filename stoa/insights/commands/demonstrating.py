"""`stoa insights demo`: a realistic log of any size, with the truth beside it."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from stoa.insights.engine.demo.making import Made, make

_HELP = """Make a realistic log of invented learners, with the truth to check any tool against.

FOLDER gets logs/*.log.zst (edX tracking logs), truth.csv (a row a registration) and truth.json (totals). The same size
and seed give the same bytes. A few lines come twice or are broken, as in life.

\b
Examples:
  stoa insights demo demo/
  stoa insights demo demo/ --events 20000000
  stoa insights ingest --warehouse w demo/logs && stoa insights build --warehouse w && stoa insights serve --warehouse w

Exit codes: 0 made, 1 failed, 2 wrong use.
"""


@click.command(help=_HELP)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--events", type=click.IntRange(1000, 5_000_000_000), default=200_000, show_default=True, help="How many."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another world.")
@click.option("--json", "wants_json", is_flag=True, help="Print the truth as JSON on standard output.")
def demo(folder: Path, *, events: int, seed: int, wants_json: bool) -> None:
    """Make it, say how far."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} events"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Making", total=events)

        def tell(made: Made) -> None:
            bar.update(task, completed=made.events, description=made.run)

        truth = make(folder, events=events, seed=seed, tell=tell)
    if wants_json:
        click.echo(json.dumps(truth.told()))
    else:
        said = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in truth.totals.items())
        click.echo(f"{said}; the logs are in {folder / 'logs'}, the truth is in {folder / 'truth.json'}")
