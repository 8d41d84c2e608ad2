"""What peer review does."""

from stoa.peer_review.actions.anchoring import NothingToPick, ReasonAsked, look_into_copies, no_copies, pick_anchor
from stoa.peer_review.actions.appealing import AppealClosed, ReasonMissing, appeal
from stoa.peer_review.actions.dating import Dates, DatesRefused, DueBeforeOpening, NothingToExtend, extend, set_dates
from stoa.peer_review.actions.drafting import save_draft, take_earlier
from stoa.peer_review.actions.feedback import (
    MarksSeen,
    NoReason,
    answer_flag,
    answer_report,
    flag_work,
    open_result,
    rate_words,
    report_words,
    thank,
)
from stoa.peer_review.actions.forgetting import forget_author, forget_reviewer
from stoa.peer_review.actions.handing_in import hand_in, withdraw
from stoa.peer_review.actions.helping import keep_all_apart, keep_apart, stop_volunteering, volunteer
from stoa.peer_review.actions.laying_out import give_in_run, lay_out_assignments
from stoa.peer_review.actions.looking_back import NoSuchExample, RubricOpen, calibrate, review_oneself
from stoa.peer_review.actions.lowering import Finding, LoweringRefused, LoweringUnfounded, NotLower, lower_score
from stoa.peer_review.actions.pulling import NothingToRead, ReviewsNotOpen, pull
from stoa.peer_review.actions.queueing import enter_queue, leave_queue, move_reviews, resume, stand_still
from stoa.peer_review.actions.reading_anew import (
    NothingToReadAnew,
    decline_fresh_reading,
    give_fresh_reading,
    look_at_appeals,
    read_anew,
)
from stoa.peer_review.actions.refusals import BeingScored, Closed, NoTeam, NotOpenYet, Refused, WorkRefused
from stoa.peer_review.actions.reviewing import (
    Behaviour,
    ReviewOver,
    ReviewRefused,
    decline,
    keep_alive,
    save_review_draft,
    submit_review,
)
from stoa.peer_review.actions.staff_reading import (
    LevelsMissing,
    staff_read,
    void_review,
)
from stoa.peer_review.actions.teaming import (
    InATeam,
    NameMissing,
    NameTaken,
    NoSuchTeam,
    TeamFull,
    TeamHasHandedIn,
    TeamRefused,
    form_team,
    join_team,
    leave_team,
)
from stoa.peer_review.actions.ticking import tick
from stoa.peer_review.actions.uploading import FileRefused, Upload, remove_file, upload
from stoa.peer_review.rules.feedback import Rating
from stoa.peer_review.rules.rubrics import Marks
from stoa.peer_review.rules.work import Work

__all__ = [
    "AppealClosed",
    "Behaviour",
    "BeingScored",
    "Closed",
    "Dates",
    "DatesRefused",
    "DueBeforeOpening",
    "FileRefused",
    "Finding",
    "InATeam",
    "LevelsMissing",
    "LoweringRefused",
    "LoweringUnfounded",
    "Marks",
    "MarksSeen",
    "NameMissing",
    "NameTaken",
    "NoReason",
    "NoSuchExample",
    "NoSuchTeam",
    "NoTeam",
    "NotLower",
    "NotOpenYet",
    "NothingToExtend",
    "NothingToPick",
    "NothingToRead",
    "NothingToReadAnew",
    "Rating",
    "ReasonAsked",
    "ReasonMissing",
    "Refused",
    "ReviewOver",
    "ReviewRefused",
    "ReviewsNotOpen",
    "RubricOpen",
    "TeamFull",
    "TeamHasHandedIn",
    "TeamRefused",
    "Upload",
    "Work",
    "WorkRefused",
    "answer_flag",
    "answer_report",
    "appeal",
    "calibrate",
    "decline",
    "decline_fresh_reading",
    "enter_queue",
    "extend",
    "flag_work",
    "forget_author",
    "forget_reviewer",
    "form_team",
    "give_fresh_reading",
    "give_in_run",
    "hand_in",
    "join_team",
    "keep_alive",
    "keep_all_apart",
    "keep_apart",
    "lay_out_assignments",
    "leave_queue",
    "leave_team",
    "look_at_appeals",
    "look_into_copies",
    "lower_score",
    "move_reviews",
    "no_copies",
    "open_result",
    "pick_anchor",
    "pull",
    "rate_words",
    "read_anew",
    "remove_file",
    "report_words",
    "resume",
    "review_oneself",
    "save_draft",
    "save_review_draft",
    "set_dates",
    "staff_read",
    "stand_still",
    "stop_volunteering",
    "submit_review",
    "take_earlier",
    "thank",
    "tick",
    "upload",
    "void_review",
    "volunteer",
    "withdraw",
]
