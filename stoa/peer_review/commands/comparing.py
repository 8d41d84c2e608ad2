"""`stoa find-copies`: which works of a course are alike. The worker calls it each night; it loads numpy."""

import json

import click

from stoa.kernel.clock import now
from stoa.peer_review.actions.comparing import show_alike
from stoa.peer_review.queries.comparing import items_to_compare, to_compare
from stoa.peer_review.rules.copies.clusters import Group, clusters


@click.command(epilog="Example: stoa find-copies --json")
@click.option("--json", "as_json", is_flag=True, help="Print the groups as JSON on standard output.")
def find_copies(*, as_json: bool) -> None:
    """Compare the work of each assignment, in all runs of its course, and show staff what is alike.

    It is no verdict: prompts, rubrics and what nearly everybody writes are left out, and nothing happens to a score.
    The worker does this each night.
    """
    found = [(item, group) for _, item, group in _groups()]
    shown = show_alike(groups=[group.members for _, group in found], at=now())
    if as_json:
        click.echo(json.dumps([_json(item, group) for item, group in found], ensure_ascii=False))
    else:
        click.echo(f"{len(found)} groups of work are alike; {shown} of them are new to staff.")


def _groups() -> list[tuple[int, str, Group]]:
    found: list[tuple[int, str, Group]] = []
    for course, item in items_to_compare():
        works = to_compare(course, item)
        found += [(course, item, group) for group in clusters(works.texts, given=works.given, authors=works.authors)]
    return found


def _json(item: str, group: Group) -> dict[str, object]:
    return {
        "assignment": item,
        "submissions": sorted(group.members, key=int),
        "likeness": round(group.likeness, 3),
        "passages": [passage.text for passage in group.pairs[0].passages],
    }
