"""What courseware does."""

from stoa.courseware.actions.announcing import announce, mail_announcement, withdraw_announcement
from stoa.courseware.actions.calendars import close_calendar, open_calendar
from stoa.courseware.actions.enrolling import (
    EnrolmentClosed,
    EnrolmentNotOpenYet,
    choose_modules,
    enrol,
    withdraw,
)
from stoa.courseware.actions.histories import History, Stretch, keep_histories
from stoa.courseware.actions.laying_out import lay_out
from stoa.courseware.actions.learning import complete_step, note_position, undo_completion, visit
from stoa.courseware.actions.notes import change_note, delete_note, take_note
from stoa.courseware.actions.opinions import report_problem, say_whether_it_helped
from stoa.courseware.actions.pacing import (
    AlreadyThere,
    OtherCourse,
    ShiftTooLong,
    be_content,
    change_run,
    keep_planned_dates,
    pause,
    resume,
    shift_dates,
    want_more,
)
from stoa.courseware.rules.layouts import (
    CaptionsData,
    CueData,
    GateData,
    GateLink,
    HandoutData,
    PartLayout,
    ResourceData,
    SourceData,
    StepLayout,
    VideoData,
)

__all__ = [
    "AlreadyThere",
    "CaptionsData",
    "CueData",
    "EnrolmentClosed",
    "EnrolmentNotOpenYet",
    "GateData",
    "GateLink",
    "HandoutData",
    "History",
    "OtherCourse",
    "PartLayout",
    "ResourceData",
    "ShiftTooLong",
    "SourceData",
    "StepLayout",
    "Stretch",
    "VideoData",
    "announce",
    "be_content",
    "change_note",
    "change_run",
    "choose_modules",
    "close_calendar",
    "complete_step",
    "delete_note",
    "enrol",
    "keep_histories",
    "keep_planned_dates",
    "lay_out",
    "mail_announcement",
    "note_position",
    "open_calendar",
    "pause",
    "report_problem",
    "resume",
    "say_whether_it_helped",
    "shift_dates",
    "take_note",
    "undo_completion",
    "visit",
    "want_more",
    "withdraw",
    "withdraw_announcement",
]
