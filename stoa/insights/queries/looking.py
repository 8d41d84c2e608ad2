"""Who looks at the figures of a site: rights come with what people are there."""

from django.db.models import Q
from django.http import Http404, HttpRequest

from stoa.accounts.models import Person
from stoa.accounts.queries import organisations_of
from stoa.catalogue.models import Run, Teaching
from stoa.catalogue.queries import Reader, course_for, may_teach, run_for, runs_of
from stoa.courseware.queries import course_key
from stoa.insights.models import ResearchAccess
from stoa.insights.queries.lookers import Looker, taken
from stoa.insights.queries.within import Within
from stoa.insights.rules.dimensions import Choice, Dimension, View


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


def within(reader: Reader, slug: str) -> Within:
    """The board of the course at this address. Raises Http404 where the reader may not see the course."""
    course = course_for(reader, course=slug)
    teaches = may_teach(reader, course)
    keys = {
        run.code: course_key(organisation=course.organisation.slug, course=course.code, run=run.code)
        for run in runs_of(course)
        if teaches or not run.hidden
    }
    return Within(title=course.title, url=f"/courses/{course.slug}/", keys=keys)


def own_board_of(choice: Choice) -> Within | None:
    """The course with a board of its own that is chosen, where that is one and everybody may see it."""
    found = {key.partition(":")[2].rpartition("+")[0] for key in choice.of(Dimension.COURSE)}
    if len(found) != 1:
        return None
    organisation, _, code = found.pop().partition("+")
    run = (
        Run.objects.filter(course__organisation__slug=organisation, course__code=code, hidden=False)
        .select_related("course")
        .order_by("pk")
        .first()
    )
    return Within(title=run.course.title, url=f"/courses/{run.course.slug}/") if run else None


def taught_run(reader: Reader, *, course: str, run: str) -> Run:
    """A run, for those who give its course. Raises Http404 for everybody else."""
    found = run_for(reader, course=course, run=run)
    if not may_teach(reader, found.course):
        raise Http404
    return found


def key_of(run: Run) -> str:
    """The run as the event log names it."""
    return course_key(organisation=run.course.organisation.slug, course=run.course.code, run=run.code)
