"""Work in progress as readers will see it."""

from dataclasses import dataclass

from stoa.coursedoc.model import Text
from stoa.coursedoc.rendering import render
from stoa.peer_review.models import Assignment
from stoa.peer_review.queries.published import content_of
from stoa.peer_review.queries.works import coloured
from stoa.peer_review.rules.work import Work


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Safe HTML of what was typed."""

    answers: tuple[str, ...]
    code: str


def preview_of(assignment: Assignment, work: Work) -> Preview:
    """What was typed, rendered as at the hand-in."""
    language = content_of(assignment.published).code_language
    return Preview(
        answers=tuple(safe_html(answer) for answer in work.answers if answer.strip()),
        code=coloured(work.code, language),
    )


def safe_html(markdown: str) -> str:
    """Words as readers see them; pictures of other sites are links, so that no reader calls another site."""
    return render(Text(source=markdown), links=_outside) if markdown.strip() else ""


def _outside(link: str) -> str | None:
    return link if link.startswith(("https://", "http://")) else None
