"""How far a learner is in a run, module by module, and what they earned."""

from dataclasses import dataclass

from stoa.assessment.queries import ScoreTable, score_table
from stoa.courseware.queries import Desk, ModuleProgress, Progress, module_records, place, progress
from stoa.site.queries.pillars import Pillar, pillars_of


@dataclass(frozen=True, kw_only=True)
class ProgressPage:
    """Everything that the page shows."""

    progress: Progress
    pillars: tuple[Pillar, ...]
    modules: tuple[ModuleProgress, ...]
    scores: ScoreTable | None


def progress_page(desk: Desk) -> ProgressPage:
    """The page of the learner of this desk."""
    here = place(desk.scope, done=desk.done, last=desk.last_step)
    return ProgressPage(
        progress=progress(desk.scope, desk.done),
        pillars=pillars_of(desk.scope, done=desk.done, here=here.id if here and here.id not in desk.done else ""),
        modules=module_records(desk.outline, desk.done),
        scores=score_table(version_id=desk.version_id, enrolment_id=desk.enrolment_id) if desk.enrolment_id else None,
    )
