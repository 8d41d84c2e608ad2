"""Who looks, and what they may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from stoa.insights.rules.dimensions import View

#: What each view is called.
VIEWS: dict[View, Promise] = {
    View.PUBLIC: later("Public"),
    View.PRESS: later("Press"),
    View.RESEARCHER: later("Researcher"),
    View.TEAM: later("Team"),
}


@dataclass(frozen=True, kw_only=True)
class Looker:
    """The view somebody takes, of those they may; as a team they see the courses `own`, all of them where None."""

    view: View
    may: tuple[View, ...]
    own: tuple[str, ...] | None = None


def taken(asked: str, may: Iterable[View], own: tuple[str, ...] | None) -> Looker:
    """The view that was asked for, the public one where it may not be taken."""
    views = tuple(may)
    view = next((one for one in views if one.value == asked), View.PUBLIC)
    return Looker(view=view, may=views, own=own if view is View.TEAM else None)
