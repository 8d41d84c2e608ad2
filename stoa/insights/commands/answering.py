"""`stoa insights answer`: answers pages from a warehouse that nobody writes; `stoa insights serve` calls it."""

import signal
from pathlib import Path

import click

from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.asking.door import door, key, listening
from stoa.insights.engine.asking.serving import Service
from stoa.insights.engine.warehouse.warehouse import Warehouse


@click.command()
@click.argument("warehouse", type=click.Path(path_type=Path, file_okay=False, exists=True))
def answer(warehouse: Path) -> None:
    """Answer the pages of `stoa insights serve`.

    \b
    Example:
      stoa insights answer my-warehouse

    Exit codes: 0 stopped, 1 failed, 2 wrong use.
    """
    service = Service(listening(door()), Answers(Warehouse(warehouse)), signed_with=key())
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: service.stop())
    service.run()
