"""`stoa insights follow`: the one writer of a site's warehouse, which answers its pages too."""

import signal
from pathlib import Path

import click

from stoa.insights.engine.asking.answering import Answers
from stoa.insights.engine.asking.door import door_at, key, listening
from stoa.insights.engine.asking.serving import Service
from stoa.insights.engine.warehouse.warehouse import Warehouse


@click.command()
@click.option("--warehouse", type=click.Path(path_type=Path, file_okay=False), help="The folder of the warehouse.")
@click.option(
    "--at", "url", default="", envvar="STOA_INSIGHTS_URL", help="Where to answer: unix:///… or tcp://host:port"
)
@click.pass_context
def follow(ctx: click.Context, warehouse: Path | None, url: str) -> None:
    """Follow a site's event spool and answer its pages; `stoa up` calls it.

    \b
    Example:
      stoa --data /srv/stoa insights follow
    """
    data: Path = ctx.find_root().params["data"]
    at = door_at(url, data=data)
    service = Service(listening(at), Answers(Warehouse(warehouse or data / "insights")), signed_with=key())
    signal.signal(signal.SIGTERM, lambda *_: service.stop())
    service.run()
