"""Work of one assignment in all runs of its course, to be compared; and what staff have looked at before."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags

from stoa.peer_review.models import Assignment, PublishedAssignment, StaffRead, Submission, SubmissionVersion
from stoa.peer_review.queries.published import content_of


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Texts by submission, whose each is, and what everybody was given."""

    texts: Mapping[str, str]
    authors: Mapping[str, str]
    given: tuple[str, ...]


def items_to_compare() -> list[tuple[int, str]]:
    """Course and item of every assignment that more than one learner handed in."""
    rows = Submission.objects.exclude(state=Submission.State.WITHDRAWN).order_by()
    pairs = rows.values_list("assignment__run__course_id", "assignment__item_id").distinct()
    return sorted(pairs)


def to_compare(course_id: int, item_id: str) -> Compared:
    """The latest version of each submission to an item, in every run of the course."""
    assignments = Assignment.objects.filter(run__course=course_id, item_id=item_id)
    works = Submission.objects.filter(assignment__in=assignments, erased_at=None)
    works = works.exclude(state=Submission.State.WITHDRAWN)
    authors = {
        str(work): f"team-{team}" if team else f"person-{person}" if person else f"work-{work}"
        for work, team, person in works.values_list("pk", "team_id", "enrolment__person_id")
    }
    texts: dict[str, str] = {}
    versions = SubmissionVersion.objects.filter(submission__in=works).order_by("submission_id", "number")
    for work, answers, code in versions.values_list("submission_id", "answers", "code").iterator():
        texts[str(work)] = "\n".join([*map(str, answers), code])
    published = PublishedAssignment.objects.filter(pk__in=assignments.values("published"))
    return Compared(texts=texts, authors=authors, given=tuple(text for one in published for text in _given(one)))


def cleared(works: list[int]) -> set[int]:
    """Those of the works that staff have looked at because of likeness, and are done with."""
    rows = StaffRead.objects.filter(submission__in=works, reason=StaffRead.Reason.COPY, settled_at__isnull=False)
    return set(rows.values_list("submission_id", flat=True))


def _given(published: PublishedAssignment) -> list[str]:
    """The prompts, the rubric, the examples and the solution: whoever quotes them copied nobody."""
    content = content_of(published)
    texts = [
        *(prompt.source for prompt in content.prompts),
        *(criterion.prompt for criterion in content.criteria),
        *(level.explanation for criterion in content.criteria for level in criterion.levels),
        content.solution.source,
        content.overall_default,
    ]
    # Prompts are kept as HTML.
    return [unescape(strip_tags(text)) for text in texts if text]
