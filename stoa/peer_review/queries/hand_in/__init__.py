"""The hand-in part of an assignment, as pages show it."""

from stoa.peer_review.queries.hand_in.form import FileRow, FormView, Typed
from stoa.peer_review.queries.hand_in.page import HandInView, hand_in_view, hand_in_views
from stoa.peer_review.queries.hand_in.previews import Preview, preview_of

__all__ = ["FileRow", "FormView", "HandInView", "Preview", "Typed", "hand_in_view", "hand_in_views", "preview_of"]
