"""What authoring answers, with the reader's rights built in."""

from stoa.authoring.queries.media import Served, media_for

__all__ = ["Served", "media_for"]
