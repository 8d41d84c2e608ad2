"""What authoring answers, with the reader's rights built in."""

from stoa.authoring.queries.courses import CourseRow, RunRow, all_courses, latest_version
from stoa.authoring.queries.media import Served, media_for
from stoa.authoring.queries.texts import side_texts_of

__all__ = ["CourseRow", "RunRow", "Served", "all_courses", "latest_version", "media_for", "side_texts_of"]
