"""All that happened to a work, for those who give the course."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stoa.courseware.queries import Desk
from stoa.peer_review.models import Review, Score, Submission, Transition
from stoa.peer_review.queries.at_risk import read_address
from stoa.peer_review.queries.headings import Heading
from stoa.peer_review.queries.staff_tabs import staff_heading

Words = str | Lazy
_APPEALED: Mapping[str, Words] = {
    "peers": gettext_lazy("two peers who have never seen it are asked"),
    "staff": gettext_lazy("an instructor is asked"),
    "read": gettext_lazy("a fresh reader has read it"),
    "declined": gettext_lazy("a fresh reader gave it back"),
}
"""What a transition says of an appeal."""


@dataclass(frozen=True, kw_only=True)
class HistoryRow:
    """Something that happened."""

    at: datetime
    what: str
    by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    """All that happened to a work."""

    head: Heading
    says: str
    rows: tuple[HistoryRow, ...]
    read_address: str
    lowering_address: str
    """Empty where there is no final score to lower."""


def history_page(desk: Desk, work: Submission) -> HistoryPage:
    """All that happened to a work: nothing is ever taken out of it."""
    rows = Transition.objects.filter(submission=work).select_related("by").order_by("at", "pk")
    final = Score.objects.filter(submission=work, final_at__isnull=False)
    title = work.assignment.published.title
    heading = _("%(title)s: work %(n)s") % {"title": title, "n": work.pk}
    return HistoryPage(
        head=staff_heading(desk, heading, heading),
        says=_("Every step is written down when it happens, and none can be changed."),
        rows=tuple(
            HistoryRow(
                at=row.at,
                what=_happened(row),
                by=row.by.display_name if row.by else _("the clock"),
                why=row.why,
            )
            for row in rows
        ),
        read_address=read_address(desk, work.pk),
        lowering_address=f"{read_address(desk, work.pk)}lowering/" if final.exists() else "",
    )


def _happened(row: Transition) -> str:
    states = dict(Review.State.choices) if row.what == "review" else dict(Submission.State.choices)
    became, was = str(states.get(row.became, row.became)), str(states.get(row.was, row.was))
    kinds = {
        "state": _("Work"),
        "review": _("Review"),
        "rung": _("Ladder"),
        "score": _("Score"),
        "appeal": _("Appeal"),
    }
    if row.what == "appeal":
        return f"{kinds[row.what]}: {_APPEALED.get(row.became, row.became)}"
    kind = kinds.get(row.what, row.what)
    return f"{kind}: {was} → {became}" if was else f"{kind}: {became}"
