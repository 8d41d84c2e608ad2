"""A learner's team, as the hand-in part shows it."""

from dataclasses import dataclass

from django.conf import settings

from stoa.peer_review.models import Assignment, Submission, Team


@dataclass(frozen=True, kw_only=True)
class TeamView:
    """A team, or the place where one is formed."""

    name: str
    """Empty: the learner is in none yet."""
    members: tuple[str, ...] = ()
    code: str = ""
    invitation: str = ""
    """The whole address at which others join."""
    size: int
    room: int
    """How many more may join."""
    can_leave: bool = False


def team_view(assignment: Assignment, team: Team | None, work: Submission | None, *, address: str) -> TeamView:
    """The learner's team; nobody leaves one that has handed in."""
    if team is None:
        return TeamView(name="", size=assignment.team_size, room=assignment.team_size)
    members = team.members.select_related("enrolment__person").order_by("at", "pk")
    names = tuple(member.enrolment.person.display_name for member in members)
    return TeamView(
        name=team.name,
        members=names,
        code=team.code,
        invitation=f"{settings.SITE_URL}{address}team/{team.code}/",
        size=assignment.team_size,
        room=max(0, assignment.team_size - len(names)),
        can_leave=work is None,
    )
