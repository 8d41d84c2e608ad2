"""What authoring answers, with the reader's rights built in."""

from stoa.authoring.queries.captions import Waived, captions_waived
from stoa.authoring.queries.courses import CourseRow, RunRow, all_courses, course_at, latest_version
from stoa.authoring.queries.imports import NEWEST, ImportPage, StageLine, import_for, import_page, imports_of
from stoa.authoring.queries.media import Served, media_for
from stoa.authoring.queries.outside import OutsideLine, known_of, outside_of
from stoa.authoring.queries.texts import side_texts_of

__all__ = [
    "NEWEST",
    "CourseRow",
    "ImportPage",
    "OutsideLine",
    "RunRow",
    "Served",
    "StageLine",
    "Waived",
    "all_courses",
    "captions_waived",
    "course_at",
    "import_for",
    "import_page",
    "imports_of",
    "known_of",
    "latest_version",
    "media_for",
    "outside_of",
    "side_texts_of",
]
