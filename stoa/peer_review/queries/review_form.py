"""A review as its form shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

from stoa.coursedoc.model import Criterion, Level
from stoa.coursedoc.model.assignments import Need

Words = str | Lazy


@dataclass(frozen=True, kw_only=True)
class LevelView:
    """A level that can be chosen."""

    id: str
    label: str
    points: float
    explanation: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class CommentView:
    """A field for words."""

    name: str
    dom_id: str
    label: Words
    hint: Words
    required: bool
    rows: int
    text: str
    faults: tuple[Words, ...] = ()

    @property
    def fault(self) -> bool:
        """True where it must be mended."""
        return bool(self.faults)

    @property
    def described_by(self) -> str:
        """Ids of what says more about the field."""
        hint = [f"{self.dom_id}-hint"] if self.hint else []
        return " ".join([*hint, *(f"{self.dom_id}-fault-{place}" for place in range(len(self.faults)))])


@dataclass(frozen=True, kw_only=True)
class CriterionView:
    """A criterion with its levels and its comment."""

    dom_id: str
    level_field: str
    label: str
    prompt: str
    levels: tuple[LevelView, ...]
    comment: CommentView | None
    fault: Words = ""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a review holds so far, and what is to be mended in it."""

    levels: Mapping[str, str] = field(default_factory=dict)
    """Criterion to level."""
    comments: Mapping[str, str] = field(default_factory=dict)
    overall: str = ""
    faults: Mapping[str, Sequence[Words]] = field(default_factory=dict)
    """Field (`level-ID`, `comment-ID`, `overall`) to what to mend."""
    saved_at: datetime | None = None

    @property
    def words(self) -> int:
        """How many words were written."""
        return sum(len(text.split()) for text in [*self.comments.values(), self.overall])


@dataclass(frozen=True, kw_only=True)
class Help:
    """How to be specific and kind."""

    starters: tuple[str, ...]
    good: str
    poor: str


def help_for_reviewers() -> Help:
    """Sentence starters, a review that helps and one that does not."""
    return Help(
        starters=(
            _("What works well is …"),
            _("I noticed that …"),
            _("In this line I was not sure whether …"),
            _("A next step could be …"),
            _("What helped me understand it was …"),
        ),
        good=_(
            "Stripping the commas before counting is the clever part, and your note shows that you tested it. "
            "Next step: put the counting into a function, then you can try it on a second text."
        ),
        poor=_("Good job! Could be better in places."),
    )


def criterion_views(criteria: Iterable[Criterion], written: Written) -> tuple[CriterionView, ...]:
    """The rubric with what was chosen and written."""
    return tuple(_criterion(place, criterion, written) for place, criterion in enumerate(criteria))


def overall_view(prompt: str, written: Written, *, required: bool) -> CommentView:
    """The field for the review as a whole."""
    return CommentView(
        name="overall",
        dom_id="overall",
        label=_("What works well, and one next step"),
        hint=prompt or _("Two sentences are enough. The author reads this at once, without your name."),
        required=required,
        rows=5,
        text=written.overall,
        faults=tuple(written.faults.get("overall", ())),
    )


def _criterion(place: int, criterion: Criterion, written: Written) -> CriterionView:
    field_name = f"level-{criterion.id}"
    chosen = written.levels.get(criterion.id)
    return CriterionView(
        dom_id=f"criterion-{place}",
        level_field=field_name,
        label=criterion.label,
        prompt=criterion.prompt,
        levels=tuple(_level(level, chosen) for level in criterion.levels),
        comment=_comment(place, criterion, written),
        fault=next(iter(written.faults.get(field_name, ())), ""),
    )


def _level(level: Level, chosen: str | None) -> LevelView:
    return LevelView(
        id=level.id,
        label=level.label,
        points=level.points,
        explanation=level.explanation,
        chosen=level.id == chosen,
    )


def _comment(place: int, criterion: Criterion, written: Written) -> CommentView | None:
    if criterion.comment is Need.NONE:
        return None
    name = f"comment-{criterion.id}"
    return CommentView(
        name=name,
        dom_id=f"comment-{place}",
        label=_("Why?"),
        hint="" if criterion.levels else criterion.prompt,
        required=criterion.comment is Need.REQUIRED,
        rows=2,
        text=written.comments.get(criterion.id, ""),
        faults=tuple(written.faults.get(name, ())),
    )
