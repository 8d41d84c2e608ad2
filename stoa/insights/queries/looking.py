"""Who looks at the figures of a site: rights come with what people are there."""

from django.db.models import Q
from django.http import HttpRequest

from stoa.accounts.models import Person
from stoa.accounts.queries import organisations_of
from stoa.catalogue.models import Run, Teaching
from stoa.courseware.queries import course_key
from stoa.insights.models import ResearchAccess
from stoa.insights.queries.lookers import Looker, taken
from stoa.insights.rules.dimensions import View


def looker_for(request: HttpRequest) -> Looker:
    """Everybody may look as the public or the press; researchers and teams need a right."""
    asked = request.GET.get("view", "")
    person = request.user
    if asked not in {View.RESEARCHER, View.TEAM} and not isinstance(person, Person):
        return taken(asked, (View.PUBLIC, View.PRESS), None)
    if not isinstance(person, Person):
        return taken("", (View.PUBLIC, View.PRESS), None)
    own = own_courses(person)
    may = [View.PUBLIC, View.PRESS]
    may += [View.RESEARCHER] if ResearchAccess.objects.filter(person=person).exists() else []
    may += [View.TEAM] if own else []
    return taken(asked, may, own)


def own_courses(person: Person) -> tuple[str, ...]:
    """The keys of all runs that a person gives, or whose organisation they are staff of."""
    teaching = Teaching.objects.filter(person=person, role=Teaching.Role.INSTRUCTOR).values("course")
    staff = organisations_of(person).order_by().values("pk")
    runs = Run.objects.filter(Q(course__in=teaching) | Q(course__organisation__in=staff))
    rows = runs.order_by("pk").values_list("course__organisation__slug", "course__code", "code")
    return tuple(course_key(organisation=org, course=code, run=run) for org, code, run in rows)
