"""What can be asked of the catalogue."""

from stoa.catalogue.queries.documents import document_of
from stoa.catalogue.queries.near import NearCourse, near_course
from stoa.catalogue.queries.rights import Reader, course_for, may_teach, run_for, runs_of
from stoa.catalogue.queries.shelves import CourseCard, Shelf, cards_of, dates_of, next_run, shelf_for, subject_names
from stoa.catalogue.queries.wishes import WishRow, wish_for, wishes_for
from stoa.catalogue.rules import languages
from stoa.catalogue.rules.filters import KINDS, ORDERS, Wanted, wanted_from
from stoa.catalogue.rules.runs import RunDates, State, best

__all__ = [
    "KINDS",
    "ORDERS",
    "CourseCard",
    "NearCourse",
    "Reader",
    "RunDates",
    "Shelf",
    "State",
    "Wanted",
    "WishRow",
    "best",
    "cards_of",
    "course_for",
    "dates_of",
    "document_of",
    "languages",
    "may_teach",
    "near_course",
    "next_run",
    "run_for",
    "runs_of",
    "shelf_for",
    "subject_names",
    "wanted_from",
    "wish_for",
    "wishes_for",
]
