"""The course that somebody may have meant whose address leads nowhere."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity

from stoa.catalogue.models import Course

ALIKE = 0.45
LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class NearCourse:
    """A course, as a page that was not found names it."""

    slug: str
    title: str
    language: str


def near_course(word: str) -> NearCourse | None:
    """The course on offer whose address is most like the word; None where none is."""
    like = TrigramSimilarity("slug", word[:LONGEST])
    found = Course.objects.offered().annotate(like=like).filter(like__gte=ALIKE).order_by("-like", "slug")
    first = found.values_list("slug", "title", "language").first()
    return NearCourse(slug=first[0], title=first[1], language=first[2]) if first else None
