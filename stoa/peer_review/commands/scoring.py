"""`stoa peer-review score`: scores from any table of reviews, with no site set up."""

import json
import sys
from pathlib import Path

import click
import numpy as np

from stoa.peer_review.commands.telling import as_json, as_text, notes, why
from stoa.peer_review.rules.scoring.estimator import ASSUMED, Estimate, estimate
from stoa.peer_review.rules.scoring.explaining import explain
from stoa.peer_review.rules.scoring.marks import marks_from_columns
from stoa.peer_review.rules.scoring.values import Anchor
from stoa.peer_review.rules.tables.contents import AnchorTable, ReviewTable, anchors_in, reviews_in
from stoa.peer_review.rules.tables.reading import Fault, TableRefused

_STDIN = "-"
_file = click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True)
_HELP = """Score submissions from a table of reviews; no site is needed.

CSV has the columns submission, rater and score, in any order, among any others; - reads it from standard input.
Commas, semicolons or tabs, UTF-8 or UTF-16, decimal point or comma: all are understood. Staff's ANCHORS are a table of
submission and score. From five on, best picked at random, they show how high the reviewers mark as a whole.

Lines that can't be used are set aside, named on standard error with what to do, and never stop the others.

\b
Examples:
  stoa peer-review score reviews.csv
  stoa peer-review score reviews.csv --anchors staff.csv --out-of 14
  stoa peer-review score reviews.csv --why submission-17
  cat reviews.csv | stoa peer-review score - --json > scores.json

Exit codes: 0 scored, 1 nothing could be scored, 2 wrong use.
"""


@click.group(
    name="peer-review",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: stoa peer-review score reviews.csv --json",
)
def peer_review() -> None:
    """Assignments that learners review for one another."""


def _scale(context: click.Context, option: click.Parameter, value: float) -> float:
    del context, option
    if not 0 < value < float("inf"):
        raise click.BadParameter("say the highest score there is, as a number above 0")
    return value


@peer_review.command(help=_HELP)
@click.argument("csv", type=_file)
@click.option("--anchors", type=_file, help="Scores by staff: a table of submission and score.")
@click.option("--out-of", type=float, default=100.0, show_default=True, callback=_scale, help="The highest score.")
@click.option("--why", "which", metavar="SUBMISSION", help="Take this submission's score apart.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON object on standard output.")
def score(csv: str, *, anchors: str | None, out_of: float, which: str | None, wants_json: bool) -> None:
    """Read, estimate, tell."""
    if csv == anchors == _STDIN:
        raise click.UsageError("Only one of the two tables can come from standard input.")
    reviews = _reviews(csv, out_of)
    staff = _anchors(anchors, out_of) if anchors else AnchorTable(submissions=[], points=[], faults=())
    _warn(csv, reviews.faults)
    _warn(anchors or "", staff.faults)
    if not reviews.points:
        raise click.ClickException(f"{_called(csv)}: no line could be used, so there is nothing to score.")
    marks = marks_from_columns(reviews.submissions, reviews.raters, np.array(reviews.points))
    found = estimate(
        marks,
        [
            Anchor(submission=submission, points=points)
            for submission, points in zip(staff.submissions, staff.points, strict=True)
        ],
    )
    for note in notes(found, staff, highest=max(reviews.points), out_of=out_of, needed=ASSUMED.anchors_needed):
        click.echo(f"note: {note}", err=True)
    if which is not None:
        click.echo(_why(found, which, out_of))
    elif wants_json:
        click.echo(json.dumps(as_json(found, reviews.faults, staff.faults, out_of=out_of), ensure_ascii=False))
    else:
        click.echo(as_text(found, out_of=out_of))


def _why(found: Estimate, which: str, out_of: float) -> str:
    try:
        return why(explain(found, which), found, out_of=out_of)
    except KeyError as unknown:
        raise click.BadParameter(f"there is no review of {which} in the table", param_hint="--why") from unknown


def _reviews(path: str, out_of: float) -> ReviewTable:
    try:
        return reviews_in(_bytes(path), out_of=out_of)
    except TableRefused as refused:
        raise click.ClickException(f"{_called(path)}: {refused}.") from refused


def _anchors(path: str, out_of: float) -> AnchorTable:
    try:
        return anchors_in(_bytes(path), out_of=out_of)
    except TableRefused as refused:
        raise click.ClickException(f"{_called(path)}: {refused}.") from refused


def _bytes(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == _STDIN else Path(path).read_bytes()
    except OSError as reason:
        raise click.ClickException(f"{_called(path)}: it can't be read: {reason.strerror}.") from reason


def _warn(path: str, faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        click.echo(f"{_called(path)}, line {fault.line}: set aside: {fault.why}", err=True)


def _called(path: str) -> str:
    return "standard input" if path == _STDIN else path
