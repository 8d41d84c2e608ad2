"""What courseware does."""

from stoa.courseware.actions.announcing import announce, mail_announcement, withdraw_announcement
from stoa.courseware.actions.enrolling import choose_modules, enrol, withdraw
from stoa.courseware.actions.histories import History, keep_histories
from stoa.courseware.actions.laying_out import lay_out
from stoa.courseware.actions.learning import complete_step, note_position, undo_completion, visit
from stoa.courseware.actions.notes import change_note, delete_note, take_note
from stoa.courseware.actions.opinions import report_problem, say_whether_it_helped
from stoa.courseware.rules.layouts import (
    CaptionsData,
    CueData,
    HandoutData,
    PartLayout,
    ResourceData,
    SourceData,
    StepLayout,
    VideoData,
)

__all__ = [
    "CaptionsData",
    "CueData",
    "HandoutData",
    "History",
    "PartLayout",
    "ResourceData",
    "SourceData",
    "StepLayout",
    "VideoData",
    "announce",
    "change_note",
    "choose_modules",
    "complete_step",
    "delete_note",
    "enrol",
    "keep_histories",
    "lay_out",
    "mail_announcement",
    "note_position",
    "report_problem",
    "say_whether_it_helped",
    "take_note",
    "undo_completion",
    "visit",
    "withdraw",
    "withdraw_announcement",
]
