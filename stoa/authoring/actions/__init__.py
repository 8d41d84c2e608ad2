"""What authoring does: bring courses in, publish them, offer them."""

from stoa.authoring.actions.bringing_in import BroughtIn, bring_in, sweep
from stoa.authoring.actions.offering import Offer, Outcome, offer, offer_first
from stoa.authoring.actions.publishing import publish, render_again

__all__ = [
    "BroughtIn",
    "Offer",
    "Outcome",
    "bring_in",
    "offer",
    "offer_first",
    "publish",
    "render_again",
    "sweep",
]
