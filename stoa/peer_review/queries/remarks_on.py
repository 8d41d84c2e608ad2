"""What is to be said of a review's words before it is sent, found on this machine without any outside service."""

from collections.abc import Iterable, Mapping

from stoa.coursedoc import rendering
from stoa.coursedoc.model import Assignment as Content
from stoa.coursedoc.model import Criterion, Text
from stoa.coursedoc.model.assignments import Need
from stoa.peer_review.models import CriterionMark, Review
from stoa.peer_review.rules.comments.checking import Around, Remark, remarks
from stoa.peer_review.rules.rubrics import Marks


def remarks_on(review: Review, content: Content, marks: Marks) -> Mapping[str, tuple[Remark, ...]]:
    """Field (`comment-ID`, `overall`) to what to mend in it; those that refuse must be, the others are advice."""
    work, rubric, earlier = _work(review), _rubric(content.criteria), _earlier(review)
    found = {}
    for name, text, required in _fields(content, marks):
        others = [words for other, words, _required in _fields(content, marks) if other != name and words]
        around = Around(work=work, rubric=rubric, earlier=(*earlier, *others))
        if said := remarks(text, required=required, around=around):
            found[name] = said
    return found


def _fields(content: Content, marks: Marks) -> Iterable[tuple[str, str, bool]]:
    asked = [one for one in content.criteria if one.comment is not Need.NONE]
    for one in asked:
        yield f"comment-{one.id}", marks.comments.get(one.id, ""), one.comment is Need.REQUIRED
    # Where no criterion asks for words, the author gets some about the work as a whole.
    yield "overall", marks.overall, not any(one.comment is Need.REQUIRED for one in asked)


def _work(review: Review) -> str:
    version = review.submission.versions.get(number=review.version)
    return "\n".join([*(rendering.plain(Text(source=answer)) for answer in version.answers), version.code])


def _rubric(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    return tuple(
        text
        for one in criteria
        for text in (one.label, one.prompt, *(f"{level.label} {level.explanation}" for level in one.levels))
        if text
    )


def _earlier(review: Review) -> tuple[str, ...]:
    others = CriterionMark.objects.filter(review__reviewer=review.reviewer_id, review__assignment=review.assignment_id)
    return tuple(others.exclude(comment="").exclude(review=review).values_list("comment", flat=True))
