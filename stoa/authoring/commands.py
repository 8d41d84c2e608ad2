"""The command line's part of authoring: bring courses in, list them, publish them, look after what they lead to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from stoa.accounts.actions import organisation_named
from stoa.accounts.models import Organisation
from stoa.authoring import actions, queries
from stoa.authoring.actions import BroughtIn, Looked, Offer, Outcome
from stoa.authoring.actions.publishing import Progress as Step
from stoa.authoring.rules.outside import BROKEN
from stoa.authoring.rules.reports import FATES, Counted
from stoa.catalogue.actions import CodeRefused, NothingToLearn
from stoa.coursedoc.imported import SourceRefused
from stoa.kernel.clock import now

FINDINGS_SHOWN = 12

_path = click.argument("path", type=click.Path(path_type=Path))
_json = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on standard output.")
_giver = click.option("--organisation", default="", help="Who gives the course; else the source says, or Stoa.")


@click.command()
@_path
@click.option("--run", "code", default="", help="Have this run show the course; it is opened where it is new.")
@_giver
@_json
def import_course(path: Path, *, code: str, organisation: str, as_json: bool) -> None:
    """Bring in a course: a Markdown folder, or an Open edX export as a folder or .tar.gz.

    A new course opens its first run. Runs that have learners stay at their version until you name them with --run.
    Importing the same again changes nothing.

    \b
    Examples:
      stoa import my-course/
      stoa import export.tar.gz --organisation "Harbour Open University"
      stoa import export.tar.gz --run 2027 --json
    """
    came, offer = _brought_in(path, code=code, organisation=organisation)
    _tell(came, offer, as_json=as_json)


@click.command()
@click.argument("what")
@click.option("--run", "code", required=True, help="The run whose learners will see it.")
@click.option(
    "--without-captions", "why", default="", metavar="WHY", help="Let learners come before captions are there; kept."
)
@_giver
@_json
def publish(what: str, *, code: str, why: str, organisation: str, as_json: bool) -> None:
    """Have a run show the latest state of a course: WHAT is a path to bring in, or the address of a course here.

    \b
    Examples:
      stoa publish my-course/ --run 1
      stoa publish first-steps-in-python --run 1 --without-captions "they come on Friday"
    """
    if Path(what).exists():
        came, offer = _brought_in(Path(what), code=code, organisation=organisation, gate=why)
        _tell(came, offer, as_json=as_json)
        return
    version = queries.latest_version(what)
    if version is None:
        raise click.ClickException(f"{what} is neither a path nor a course here; `stoa courses` lists the courses.")
    with _progress() as step:
        actions.render_again(version=version, at=now(), progress=step)
    try:
        offer = actions.release(version=version, code=code, by=None, at=now(), without_captions=why)
    except (CodeRefused, NothingToLearn) as refused:
        raise click.ClickException(str(refused.__doc__)) from refused
    except actions.CaptionsMissing as missing:
        raise _captions_missing(missing) from missing
    if as_json:
        click.echo(json.dumps(_offer_json(offer), ensure_ascii=False))
    else:
        click.echo(
            f"Run {offer.run.code} of {version.course.title} at version {version.number}: {offer.outcome.value}."
        )


@click.command()
@_json
def courses(*, as_json: bool) -> None:
    """List the courses here, their versions and runs.

    \b
    Examples:
      stoa courses
      stoa --data /srv/stoa courses --json
    """
    rows = queries.all_courses()
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    if not rows:
        click.echo("No course here yet. Bring one in with: stoa import PATH")
        return
    table = Table(box=None, pad_edge=False)
    # Whole, since other commands want it.
    table.add_column("course", no_wrap=True, min_width=max(len(row.slug) for row in rows))
    for name in ("title", "organisation", "version", "runs (version, learners)"):
        table.add_column(name)
    for row in rows:
        runs = ", ".join(f"{run.code} ({run.version}, {run.learners})" for run in row.runs) or "none"
        table.add_row(row.slug, row.title, row.organisation, str(row.version), runs)
    Console().print(table)


def _captions_missing(missing: actions.CaptionsMissing) -> click.ClickException:
    shown = "\n".join(f"  {place}" for place in missing.videos[:FINDINGS_SHOWN])
    more = len(missing.videos) - FINDINGS_SHOWN
    rest = f"\n  and {more} more" if more > 0 else ""
    return click.ClickException(f'{missing.__doc__}\n{shown}{rest}\nTo go on all the same: --without-captions "WHY"')


def _brought_in(path: Path, *, code: str, organisation: str, gate: str | None = None) -> tuple[BroughtIn, Offer | None]:
    """Read, published, and shown in a run; with a gate, missing captions need its words as a reason."""
    at = now()
    actions.sweep(now=at)
    giver = _organisation(organisation)
    try:
        with _progress() as step:
            came = actions.bring_in(path=path, organisation=giver, by=None, at=at, progress=step)
        return came, _shown(came, code=code, gate=gate, at=at)
    except SourceRefused as refused:
        raise click.ClickException(f"Nothing was imported. {refused}") from refused
    except (CodeRefused, NothingToLearn) as refused:
        raise click.ClickException(str(refused.__doc__)) from refused
    except actions.CaptionsMissing as missing:
        raise _captions_missing(missing) from missing
    except OSError as fault:
        problem = f"Nothing was imported. {fault.filename or path} could not be read or kept: {fault.strerror}."
        raise click.ClickException(problem) from fault


def _shown(came: BroughtIn, *, code: str, gate: str | None, at: datetime) -> Offer | None:
    if gate is not None:
        return actions.release(version=came.version, code=code, by=None, at=at, without_captions=gate)
    if code:
        offer: Offer | None = actions.offer(version=came.version, code=code, at=at)
    else:
        offer = actions.offer_first(version=came.version, at=at)
    if offer and offer.run.version_id == came.version.pk:
        actions.note_missing_captions(version=came.version, reason="Brought in with `stoa import`.", at=at)
    return offer


def _organisation(name: str) -> Organisation | None:
    if name and not any(map(str.isalnum, name)):
        raise click.BadParameter("name the organisation with letters or digits", param_hint="--organisation")
    return organisation_named(name) if name else None


@contextmanager
def _progress() -> Iterator[Step]:
    """A bar on standard error that moves with the work."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=None)

        def step(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total or None)

        yield step


def _tell(came: BroughtIn, offer: Offer | None, *, as_json: bool) -> None:
    version = came.version
    if as_json:
        told = {
            "course": version.course.slug,
            "title": version.course.title,
            "organisation": version.course.organisation.name,
            "version": version.number,
            "new": came.new,
            "address": f"/courses/{version.course.slug}/",
            "files": came.files,
            **_offer_json(offer),
            **came.counted.as_json(),
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    console = Console()
    console.print(_table(came.counted))
    _tell_findings(console, came.counted)
    news = "is here" if came.new else "was here already; nothing changed"
    console.print(f"{version.course.title}: version {version.number} {news}. {_run_in_words(offer)}")
    console.print(f"Its page: /courses/{version.course.slug}/")


def _table(told: Counted) -> Table:
    table = Table("element", "found", *FATES, "lost", box=None, pad_edge=False)
    for kind in told.kinds:
        figures = (kind.found, kind.mapped, kind.partly, kind.kept, kind.refused, kind.lost)
        table.add_row(kind.kind, *(str(n or "") for n in figures[:-1]), str(kind.lost))
    totals = [told.total("found"), *(told.total(fate) for fate in FATES), told.lost]
    table.add_row("all", *map(str, totals), style="bold")
    return table


def _tell_findings(console: Console, told: Counted) -> None:
    for loss in told.losses[:FINDINGS_SHOWN]:
        console.print(f"{loss.count} x {loss.kind} {loss.fate}: {loss.reason}", markup=False, highlight=False)
    for finding in told.findings[:FINDINGS_SHOWN]:
        console.print(f"{finding.place}: {finding.problem} {finding.remedy}", markup=False, highlight=False)
    more = len(told.losses[FINDINGS_SHOWN:]) + len(told.findings[FINDINGS_SHOWN:])
    if more:
        console.print(f"{more} more; --json lists them all.")


def _run_in_words(offer: Offer | None) -> str:
    if offer is None:
        return "No run was opened, since it has no step that learners could see; add one and import it again."
    if offer.outcome is Outcome.LEFT:
        return (
            f"Run {offer.run.code} still shows an earlier version; move it with: "
            f"stoa publish {offer.run.course.slug} --run {offer.run.code}"
        )
    return f"Run {offer.run.code}: {offer.outcome.value}."


def _offer_json(offer: Offer | None) -> dict[str, str]:
    return {"run": offer.run.code, "run_outcome": offer.outcome.value} if offer else {"run": "", "run_outcome": "none"}


@click.command(epilog="Example: stoa import-job 7")
@click.argument("number", type=int)
def import_job(number: int) -> None:
    """Carry out the import of this NUMBER; the worker calls it."""
    actions.carry_out(import_id=number)


@click.command(epilog="Example: stoa outside --course first-steps-in-python --json")
@click.option("--course", default="", help="Only the outside resources of the course at this address.")
@_json
def outside(*, course: str, as_json: bool) -> None:
    """Ask every site that courses lead to whether it still answers, and still says the same.

    The worker does this each night. Exits with 1 where one of them is broken.
    """
    found = queries.course_at(course) if course else None
    if course and found is None:
        raise click.ClickException(f"{course} is no course here; `stoa courses` lists the courses.")
    urls = frozenset(line.url for line in queries.outside_of(found)) if found else None
    with _progress() as step:
        looked = actions.look_at_all(
            web=actions.PublicWeb(), at=now(), urls=urls, progress=lambda done, of: step("Looking", done, of)
        )
    click.echo(json.dumps([_looked_json(one) for one in looked], ensure_ascii=False) if as_json else _in_words(looked))
    if any(one.known.standing in BROKEN for one in looked):
        raise click.exceptions.Exit(1)


def _looked_json(one: Looked) -> dict[str, object]:
    known = one.known
    return {
        "url": one.url,
        "standing": known.standing.value,
        "problem": known.problem,
        "moved_to": known.moved_to,
        "failures": known.failures,
        "drifted": known.drifted_at is not None,
    }


def _in_words(looked: list[Looked]) -> str:
    lines = [
        f"{one.known.standing.value:<8} {one.url} {one.known.problem or one.known.moved_to}".rstrip() for one in looked
    ]
    return "\n".join(lines) or "No course here leads to another site."
