"""What peer review does."""

from stoa.peer_review.actions.drafting import save_draft, take_earlier
from stoa.peer_review.actions.forgetting import forget_author, forget_reviewer
from stoa.peer_review.actions.handing_in import hand_in, withdraw
from stoa.peer_review.actions.helping import keep_apart, stop_volunteering, volunteer
from stoa.peer_review.actions.laying_out import give_in_run, lay_out_assignments
from stoa.peer_review.actions.looking_back import NoSuchExample, RubricOpen, calibrate, review_oneself
from stoa.peer_review.actions.pulling import NothingToRead, ReviewsNotOpen, pull
from stoa.peer_review.actions.queueing import enter_queue, leave_queue, move_reviews, resume, stand_still
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
    AppealClosed,
    LevelsMissing,
    ReasonMissing,
    appeal,
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

__all__ = [
    "AppealClosed",
    "Behaviour",
    "BeingScored",
    "Closed",
    "FileRefused",
    "InATeam",
    "LevelsMissing",
    "NameMissing",
    "NameTaken",
    "NoSuchExample",
    "NoSuchTeam",
    "NoTeam",
    "NotOpenYet",
    "NothingToRead",
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
    "WorkRefused",
    "appeal",
    "calibrate",
    "decline",
    "enter_queue",
    "forget_author",
    "forget_reviewer",
    "form_team",
    "give_in_run",
    "hand_in",
    "join_team",
    "keep_alive",
    "keep_apart",
    "lay_out_assignments",
    "leave_queue",
    "leave_team",
    "move_reviews",
    "pull",
    "remove_file",
    "resume",
    "review_oneself",
    "save_draft",
    "save_review_draft",
    "staff_read",
    "stand_still",
    "stop_volunteering",
    "submit_review",
    "take_earlier",
    "tick",
    "upload",
    "void_review",
    "volunteer",
    "withdraw",
]
