"""What courseware answers, with the reader's rights built in."""

from stoa.courseware.queries.announcements import Letter, announcement_for, announcements_of
from stoa.courseware.queries.calendars import calendar_key_of, enrolment_by_calendar
from stoa.courseware.queries.dates import DueDate, dates_at
from stoa.courseware.queries.desks import Desk, RunUnknown, desk_for
from stoa.courseware.queries.enrolments import Seat, enrolment_of, enrolments_of_run, held_by, seats_of
from stoa.courseware.queries.learners import LearnerRow, Learners, learners_of
from stoa.courseware.queries.notes import note_for, notes_at, notes_of
from stoa.courseware.queries.outlines import changed_since, outline_of, outlines_of, parts_of, steps_that_hold
from stoa.courseware.queries.paces import shifts_of
from stoa.courseware.queries.progress import progress_of
from stoa.courseware.queries.reach import Reach, StepReached, reach_of
from stoa.courseware.queries.records import Kept, RunRecord, learning_record
from stoa.courseware.queries.steps import OpenStep, StepClosed, StepUnknown, step_for
from stoa.courseware.rules.edx import course_key, usage_key
from stoa.courseware.rules.layouts import CaptionsData, CueData, GateData, PartLayout, SourceData, StepLayout, VideoData
from stoa.courseware.rules.notebooks import NoteLine, clock, written
from stoa.courseware.rules.outlines import Outline, OutlineLesson, OutlineModule, OutlineStep
from stoa.courseware.rules.pace import Shift, moved
from stoa.courseware.rules.progress import ModuleProgress, Progress, module_records, place, progress, this_week
from stoa.courseware.rules.standing import Door, Standing, door
from stoa.courseware.rules.videos import Offer, offer

__all__ = [
    "CaptionsData",
    "CueData",
    "Desk",
    "Door",
    "DueDate",
    "GateData",
    "Kept",
    "LearnerRow",
    "Learners",
    "Letter",
    "ModuleProgress",
    "NoteLine",
    "Offer",
    "OpenStep",
    "Outline",
    "OutlineLesson",
    "OutlineModule",
    "OutlineStep",
    "PartLayout",
    "Progress",
    "Reach",
    "RunRecord",
    "RunUnknown",
    "Seat",
    "Shift",
    "SourceData",
    "Standing",
    "StepClosed",
    "StepLayout",
    "StepReached",
    "StepUnknown",
    "VideoData",
    "announcement_for",
    "announcements_of",
    "calendar_key_of",
    "changed_since",
    "clock",
    "course_key",
    "dates_at",
    "desk_for",
    "door",
    "enrolment_by_calendar",
    "enrolment_of",
    "enrolments_of_run",
    "held_by",
    "learners_of",
    "learning_record",
    "module_records",
    "moved",
    "note_for",
    "notes_at",
    "notes_of",
    "offer",
    "outline_of",
    "outlines_of",
    "parts_of",
    "place",
    "progress",
    "progress_of",
    "reach_of",
    "seats_of",
    "shifts_of",
    "step_for",
    "steps_that_hold",
    "this_week",
    "usage_key",
    "written",
]
