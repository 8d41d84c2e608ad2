"""What can be asked of the catalogue."""

from stoa.catalogue.queries.documents import document_of
from stoa.catalogue.queries.rights import course_for, may_teach, run_for

__all__ = [
    "course_for",
    "document_of",
    "may_teach",
    "run_for",
]
