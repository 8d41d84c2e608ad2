"""Writing down what a review says of each criterion."""

from collections.abc import Sequence

from stoa.coursedoc.model import Criterion
from stoa.peer_review.models import CriterionMark, Review
from stoa.peer_review.rules import rubrics
from stoa.peer_review.rules.rubrics import Marks


def keep_marks(review: Review, criteria: Sequence[Criterion], said: Marks) -> None:
    """Keep the level, points and words of each criterion."""
    CriterionMark.objects.bulk_create(
        CriterionMark(
            review=review,
            criterion_id=one.criterion.id,
            level_id=one.level.id if one.level else "",
            points=one.level.points if one.level else None,
            out_of=max((level.points for level in one.criterion.levels), default=None),
            comment=said.comments.get(one.criterion.id, ""),
        )
        for one in rubrics.choices(criteria, said.levels)
    )
