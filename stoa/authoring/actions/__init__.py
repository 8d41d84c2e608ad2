"""What authoring does: bring courses in, publish them, offer them."""

from stoa.authoring.actions.bringing_in import BroughtIn, bring_in, sweep
from stoa.authoring.actions.carrying_out import carry_out, say_it_broke
from stoa.authoring.actions.imports import (
    NoRoom,
    NothingThere,
    NotNow,
    ask_with_file,
    ask_with_path,
    go_on,
    pause,
    undo,
)
from stoa.authoring.actions.offering import Offer, Outcome, offer, offer_first
from stoa.authoring.actions.outside import Looked, accept_as_it_is, look_at_all
from stoa.authoring.actions.packs import NoRoomForPack, pack_module
from stoa.authoring.actions.publishing import publish, render_again
from stoa.authoring.actions.releasing import CaptionsMissing, missing_captions, note_missing_captions, release
from stoa.authoring.actions.web import PublicWeb

__all__ = [
    "BroughtIn",
    "CaptionsMissing",
    "Looked",
    "NoRoom",
    "NoRoomForPack",
    "NotNow",
    "NothingThere",
    "Offer",
    "Outcome",
    "PublicWeb",
    "accept_as_it_is",
    "ask_with_file",
    "ask_with_path",
    "bring_in",
    "carry_out",
    "go_on",
    "look_at_all",
    "missing_captions",
    "note_missing_captions",
    "offer",
    "offer_first",
    "pack_module",
    "pause",
    "publish",
    "release",
    "render_again",
    "say_it_broke",
    "sweep",
    "undo",
]
