"""`stoa estimate-scores`: the estimator over the site's own reviews. The worker calls it; it loads numpy."""

from datetime import datetime, timedelta

import click

from stoa.kernel.clock import now
from stoa.peer_review.actions.estimating import keep_estimates, keep_judgements
from stoa.peer_review.models import Assignment
from stoa.peer_review.queries import estimating as queries
from stoa.peer_review.rules.effort.engagement import judge
from stoa.peer_review.rules.effort.traces import habits
from stoa.peer_review.rules.scoring.estimator import ASSUMED, estimate
from stoa.peer_review.rules.scoring.explaining import explain
from stoa.peer_review.rules.scoring.marks import marks_of

_MARGIN = timedelta(minutes=1)
"""A review may be committed a little after its time: what is so young is looked at once more."""


@click.command(epilog="Example: stoa estimate-scores --all")
@click.option("--all", "everything", is_flag=True, help="Every assignment, not only those with new reviews.")
def estimate_scores(*, everything: bool) -> None:
    """Estimate scores from the latest reviews. The worker does this every five minutes."""
    numbers = queries.scored_assignments() if everything else queries.to_estimate()
    for assignment in Assignment.objects.filter(pk__in=numbers).select_related("published", "run").order_by("pk"):
        scored = estimate_assignment(assignment, at=now())
        click.echo(f"{assignment.run.code} {assignment.item_id}: {scored} scores")


def estimate_assignment(assignment: Assignment, *, at: datetime) -> int:
    """Weigh the reviews of an assignment, estimate its scores, keep them; says how many there are."""
    traces = queries.traces_of(assignment)
    keep_judgements(judged=judge(traces, habits(traces)).values(), at=at)
    material = queries.material_of(assignment)
    found = estimate(marks_of(material.reviews), material.anchors, known=material.known, assumed=ASSUMED)
    outcome = found.outcome
    stories = {name: explain(found, name) for name in queries.stories_to_tell(assignment, outcome.scores)}
    return keep_estimates(assignment=assignment, found=outcome, stories=stories, until=at - _MARGIN, at=at)
