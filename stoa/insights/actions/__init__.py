"""What insights does on the site: ask, keep answers, and tell the log what runs and teams are."""

from stoa.insights.actions.describing import describe_run, describe_runs
from stoa.insights.actions.exits import ask_those_who_stopped
from stoa.insights.actions.media import heed_media
from stoa.insights.actions.surveys import answer, ask, keep, move_answers, skip, take_back
from stoa.insights.actions.teams import tell_roles
from stoa.insights.rules.surveys import Ended, NoSuchAnswer, Survey, TooManyWords

__all__ = [
    "Ended",
    "NoSuchAnswer",
    "Survey",
    "TooManyWords",
    "answer",
    "ask",
    "ask_those_who_stopped",
    "describe_run",
    "describe_runs",
    "heed_media",
    "keep",
    "move_answers",
    "skip",
    "take_back",
    "tell_roles",
]
