"""`stoa simulate peer-review`: the real rules against simulated people, beside the rules of others."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click

from stoa.peer_review.rules.simulation.comparing import Comparison, Piece, Row, pieces, play
from stoa.peer_review.rules.simulation.crowd import Crowd
from stoa.peer_review.rules.simulation.drawing import as_svg
from stoa.peer_review.rules.simulation.figures import Outcome
from stoa.peer_review.rules.simulation.orders import ORDERS

_SHARE = click.FloatRange(0, 1)
_AHEAD = 8
"""Pieces that wait for each process: enough that none idles, few enough that Ctrl-C is heard."""
_COLUMNS = (
    ("without a review", "unreviewed_on_time"),
    ("share", "unreviewed_share"),
    ("no score in time", "overdue"),
    ("staff", "staff_share"),
    ("first review p50", "first_review_days_p50"),
    ("p99", "first_review_days_p99"),
    ("last score", "final_days_max"),
    ("short contributors", "contributors_below_k"),
    ("Gini", "gini_received_contributors"),
)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What was asked for."""

    crowds: tuple[Crowd, ...]
    rules: tuple[str, ...]
    seeds: int
    staff_cap: int | None
    processes: int


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]}, epilog="Example: stoa simulate peer-review --dropout 0.9"
)
def simulate() -> None:
    """Play what happens in a large course with Stoa's own rules; no site is needed."""


@simulate.command(name="peer-review")
@click.option("--learners", default=20_000, show_default=True, type=click.IntRange(1), help="Up to 100: all hand in.")
@click.option("--dropout", "dropouts", multiple=True, type=_SHARE, help="Share of reviewers who left; may be repeated.")
@click.option("--seeds", default=20, show_default=True, type=click.IntRange(1), help="How many classes are played.")
@click.option("--rule", "rules", multiple=True, type=click.Choice(list(ORDERS)), help="[default: all of them]")
@click.option("--nudged", default=0.10, show_default=True, type=_SHARE, help="Share of those asked who come and read.")
@click.option("--volunteers", default=0.01, show_default=True, type=_SHARE, help="Volunteers for each learner.")
@click.option("--promise-days", default=7.0, show_default=True, type=click.FloatRange(1, 60), help="Days to the score.")
@click.option("--staff-cap", type=click.IntRange(0), help="The most works that staff read.  [default: all that wait]")
@click.option("--processes", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1))
@click.option("--plot", type=click.Path(dir_okay=False, writable=True), help="Write a picture (SVG) here.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON object on standard output.")
def peer_review(
    *,
    learners: int,
    dropouts: tuple[float, ...],
    seeds: int,
    rules: tuple[str, ...],
    nudged: float,
    volunteers: float,
    promise_days: float,
    staff_cap: int | None,
    processes: int,
    plot: str | None,
    wants_json: bool,
) -> None:
    """Who waits, for how long, and who reads it in the end: by random pull, fewest first, oldest first, and ours.

    The simulated people and the shares in which they behave: stoa/peer_review/rules/simulation/crowd.py.

    \b
    Examples:
      stoa simulate peer-review --learners 20000 --dropout 0.9 --seeds 100
      stoa simulate peer-review --learners 3 --seeds 1000 --rule ours --json
      stoa simulate peer-review --promise-days 3 --plot waits.svg
    """
    shares = dropouts or (0.0, 0.5, 0.9)
    crowds = tuple(
        Crowd(learners=learners, dropout=share, nudged=nudged, volunteers=volunteers, promise_days=promise_days)
        for share in shares
    )
    asked = _Asked(crowds=crowds, rules=rules or tuple(ORDERS), seeds=seeds, staff_cap=staff_cap, processes=processes)
    rows = compare(crowds, rules=asked.rules, seeds=seeds, staff_cap=staff_cap, processes=processes)
    title = f"Peer review of {crowds[0].authors} works, {seeds} times"
    if plot:
        Path(plot).write_text(as_svg(rows, title=title), encoding="utf-8")
    click.echo(_as_json(asked, rows) if wants_json else _as_text(title, rows))


def compare(
    crowds: Sequence[Crowd], *, rules: Sequence[str], seeds: int, staff_cap: int | None = None, processes: int = 1
) -> list[Row]:
    """Play all seeds of all rules, on as many cores as asked for, and say on standard error how far it is."""
    work = list(pieces(crowds, rules=rules, seeds=seeds, staff_cap=staff_cap))
    comparison = Comparison()
    with click.progressbar(length=len(work), label="Simulating", file=sys.stderr) as bar:
        for key, outcome in _played(work, processes):
            comparison.take(key, outcome)
            bar.update(1)
    return comparison.rows([crowd.dropout for crowd in crowds], rules)


def _played(work: Sequence[Piece], processes: int) -> Iterator[tuple[tuple[float, str], Outcome]]:
    if processes == 1 or len(work) == 1:
        yield from map(play, work)
        return
    with ProcessPoolExecutor(processes) as pool:
        waiting = iter(work)
        running = {pool.submit(play, piece) for piece in islice(waiting, processes * _AHEAD)}
        while running:
            done = next(as_completed(running))
            running.remove(done)
            running.update(pool.submit(play, piece) for piece in islice(waiting, 1))
            yield done.result()


def _as_json(asked: _Asked, rows: Sequence[Row]) -> str:
    runs = [
        {"dropout": crowd.dropout, "rules": {row.rule: row.figures for row in rows if row.dropout == crowd.dropout}}
        for crowd in asked.crowds
    ]
    crowd = asked.crowds[0]
    told: dict[str, object] = {
        "learners": crowd.learners,
        "authors": crowd.authors,
        "seeds": asked.seeds,
        "promise_days": crowd.promise_days,
        "nudged": crowd.nudged,
        "volunteers": crowd.volunteers,
        "runs": runs,
    }
    if len(runs) == 1:
        told |= runs[0]
    return json.dumps(told)


def _as_text(title: str, rows: Sequence[Row]) -> str:
    head = ["left", "rule", *(name for name, _ in _COLUMNS)]
    cells = [[f"{row.dropout:.0%}", row.rule, *(_cell(name, row) for _, name in _COLUMNS)] for row in rows]
    widths = [max(len(line[column]) for line in [head, *cells]) for column in range(len(head))]
    lines = ["  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)) for line in [head, *cells]]
    legend = "Waits in days. Shares of on-time work; staff: of all work. Gini: of reviews that contributors got."
    return "\n".join([title, *lines, legend])


def _cell(name: str, row: Row) -> str:
    figure = row.figures[name]
    if figure is None:
        return "-"
    if name in {"unreviewed_share", "staff_share", "contributors_below_k"}:
        return f"{figure:.2%}"
    return f"{figure:.2f}" if isinstance(figure, float) else str(figure)
