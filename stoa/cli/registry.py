"""Which commands there are. A room's command is loaded only when someone types its name."""

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass

import click


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A command: where its code is (`module:attribute`), what it does, and whether it needs the site's database."""

    source: str
    does: str
    needs_site: bool = False

    @property
    def is_there(self) -> bool:
        """False where the room has no such module: an installation may leave out an extra."""
        return importlib.util.find_spec(self.source.partition(":")[0]) is not None

    def load(self) -> click.Command:
        """Import the module and take the command."""
        module, _, attribute = self.source.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.source} is no click command")
        return command


COMMANDS: Mapping[str, Entry] = {
    "up": Entry(source="stoa.cli.up:up", does="Start Stoa: database, pages, live updates, jobs."),
    "web": Entry(source="stoa.cli.services:web", does="Serve the pages only."),
    "live": Entry(source="stoa.cli.services:live", does="Serve live updates only."),
    "worker": Entry(source="stoa.cli.worker:worker", does="Run jobs and schedules only.", needs_site=True),
    "prepare": Entry(source="stoa.cli.prepare:prepare", does="Bring the database up to date.", needs_site=True),
    "people": Entry(source="stoa.cli.first_steps:people", does="Fill a new site with demo learners.", needs_site=True),
    "check-deploy": Entry(source="stoa.cli.checks:check_deploy", does="Is this site safe to show?", needs_site=True),
    "import": Entry(
        source="stoa.authoring.commands:import_course",
        does="Bring in a course: a Markdown folder or an Open edX export.",
        needs_site=True,
    ),
    "courses": Entry(source="stoa.authoring.commands:courses", does="List the courses here.", needs_site=True),
    "publish": Entry(source="stoa.authoring.commands:publish", does="Publish a course again.", needs_site=True),
    "outside": Entry(
        source="stoa.authoring.commands:outside",
        does="Look whether the sites that courses lead to still answer.",
        needs_site=True,
    ),
    "mail": Entry(source="stoa.mail.commands:mail", does="See the outbox, hold it, let it go.", needs_site=True),
    "import-job": Entry(
        source="stoa.authoring.commands:import_job",
        does="Carry out an import of the import page; the worker calls it.",
        needs_site=True,
    ),
    "peer-review": Entry(
        source="stoa.peer_review.commands.scoring:peer_review",
        does="Score submissions from a table of reviews; no site is needed.",
    ),
    "estimate-scores": Entry(
        source="stoa.peer_review.commands.estimating:estimate_scores",
        does="Estimate peer-reviewed scores from the latest reviews; the worker calls it.",
        needs_site=True,
    ),
    "find-copies": Entry(
        source="stoa.peer_review.commands.comparing:find_copies",
        does="Show staff which works of an assignment are alike; the worker calls it each night.",
        needs_site=True,
    ),
    "insights": Entry(
        source="stoa.insights.commands.group:insights",
        does="Who the learners are, from any MOOC's log; no site is needed.",
    ),
    "simulate": Entry(
        source="stoa.peer_review.commands.simulating:simulate",
        does="Play what happens in a large course; no site is needed.",
    ),
    "demo": Entry(source="stoa.site.commands:demo", does="Fill the site with learners and activity.", needs_site=True),
}
