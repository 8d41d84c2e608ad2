"""A problem's rules: attempts, weight, when solutions show."""

from dataclasses import dataclass

from stoa.coursedoc.formats.olx.desk import Desk
from stoa.coursedoc.formats.olx.policy import setting
from stoa.coursedoc.formats.olx.tree import Node
from stoa.coursedoc.formats.olx.values import number, plain, real_moment, whole
from stoa.coursedoc.model.quizzes import ShowAnswer

USED = (
    "max_attempts", "weight", "showanswer", "show_correctness", "submission_wait_seconds", "due", "data",
    "attempts_before_showanswer_button",
)  # fmt: skip  # a table, read by its rows

SHOWN = {
    "always": ShowAnswer.ALWAYS,
    "never": ShowAnswer.NEVER,
    "answered": ShowAnswer.ANSWERED,
    "attempted": ShowAnswer.ATTEMPTED,
    "attempted_no_past_due": ShowAnswer.ATTEMPTED,
    "after_attempts": ShowAnswer.AFTER_ATTEMPTS,
    "finished": ShowAnswer.FINISHED,
    "correct_or_past_due": ShowAnswer.CORRECT_OR_PAST_DUE,
    "past_due": ShowAnswer.PAST_DUE,
    "closed": ShowAnswer.CLOSED,
    "after_all_attempts": ShowAnswer.AFTER_ALL_ATTEMPTS,
    "after_all_attempts_or_correct": ShowAnswer.FINISHED,
}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds for the whole problem."""

    attempts: int | None
    weight: float | None
    show: ShowAnswer
    show_after: int
    show_correctness: bool
    wait_seconds: int


def rules_of(node: Node, desk: Desk) -> Rules:
    """The problem's rules, its own or passed down to it."""
    attempts = whole(setting(node, "max_attempts"))
    if attempts is not None and attempts <= 0:
        desk.report(node, "It allows no attempt at all, so it is closed.", "Allow one, or as many as one likes.")
        attempts = 0
    shown = plain(setting(node, "showanswer")).lower()
    if shown and shown not in SHOWN:
        desk.report(node, f"“{shown}” doesn't say when solutions show; they show when it is finished.", "Choose one.")
    weight = number(node.attributes.get("weight"))
    return Rules(
        attempts=attempts,
        weight=None if weight is None else max(0.0, weight),
        show=SHOWN.get(shown, ShowAnswer.FINISHED),
        show_after=max(0, whole(setting(node, "attempts_before_showanswer_button")) or 0),
        show_correctness=plain(setting(node, "show_correctness")).lower() not in {"never", "past_due"},
        wait_seconds=max(0, whole(node.attributes.get("submission_wait_seconds")) or 0),
    )


def has_own_due(node: Node) -> bool:
    """Whether the problem has a date of its own."""
    return real_moment(node.attributes.get("due")) is not None
