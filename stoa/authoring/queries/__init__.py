"""What authoring answers, with the reader's rights built in."""

from stoa.authoring.queries.courses import CourseRow, RunRow, all_courses, latest_version
from stoa.authoring.queries.imports import NEWEST, ImportPage, StageLine, import_for, import_page, imports_of
from stoa.authoring.queries.media import Served, media_for
from stoa.authoring.queries.texts import side_texts_of

__all__ = [
    "NEWEST",
    "CourseRow",
    "ImportPage",
    "RunRow",
    "Served",
    "StageLine",
    "all_courses",
    "import_for",
    "import_page",
    "imports_of",
    "latest_version",
    "media_for",
    "side_texts_of",
]
