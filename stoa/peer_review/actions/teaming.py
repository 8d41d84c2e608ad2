"""Forming a team, joining it by its invitation, leaving it."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from stoa.courseware.models import Enrolment
from stoa.peer_review.models import Assignment, Submission, Team, TeamMember

LONGEST_NAME = 80


class TeamRefused(Exception):
    """It can't be done with this team."""


class NameMissing(TeamRefused):
    """Give the team a name, so that its members know it."""


class NameTaken(TeamRefused):
    """Another team of this assignment has this name. Choose another one."""


class InATeam(TeamRefused):
    """You are in a team of this assignment already. Leave that one first."""


class TeamFull(TeamRefused):
    """The team has as many members as it may have. Ask for another one, or form one."""


class TeamHasHandedIn(TeamRefused):
    """The team has handed in, so its members stay as they are."""


class NoSuchTeam(TeamRefused):
    """There is no team with this invitation. Ask for the address again."""


@transaction.atomic
def form_team(*, assignment: Assignment, by: Enrolment, name: str, at: datetime) -> Team:
    """Make a team with one member.

    Raises TeamRefused.
    """
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called:
        raise NameMissing
    _refuse_member(assignment, by)
    try:
        with transaction.atomic():
            team = Team.objects.create(assignment=assignment, name=called, code=secrets.token_urlsafe(16), at=at)
    except IntegrityError as error:
        raise NameTaken from error
    _add(team, by, at)
    return team


@transaction.atomic
def join_team(*, assignment: Assignment, by: Enrolment, code: str, at: datetime) -> Team:
    """Join the team that the invitation names; joining again changes nothing.

    Raises TeamRefused.
    """
    team = Team.objects.select_for_update().filter(assignment=assignment, code=code).first()
    if team is None:
        raise NoSuchTeam
    if team.members.filter(enrolment=by).exists():
        return team
    _refuse_member(assignment, by)
    if _has_handed_in(team):
        raise TeamHasHandedIn
    if team.members.count() >= assignment.team_size:
        raise TeamFull
    _add(team, by, at)
    return team


@transaction.atomic
def leave_team(*, assignment: Assignment, by: Enrolment) -> None:
    """Leave one's team; the last one who goes takes it along.

    Raises TeamHasHandedIn.
    """
    team = Team.objects.select_for_update().filter(assignment=assignment, members__enrolment=by).first()
    if team is None:
        return
    if _has_handed_in(team):
        raise TeamHasHandedIn
    team.members.filter(enrolment=by).delete()
    if not team.members.exists():
        team.delete()


def _refuse_member(assignment: Assignment, enrolment: Enrolment) -> None:
    if TeamMember.objects.filter(assignment=assignment, enrolment=enrolment).exists():
        raise InATeam


def _add(team: Team, enrolment: Enrolment, at: datetime) -> None:
    try:
        with transaction.atomic():
            TeamMember.objects.create(team=team, assignment=team.assignment, enrolment=enrolment, at=at)
    except IntegrityError as error:
        # The same learner joined another team at the same moment.
        raise InATeam from error


def _has_handed_in(team: Team) -> bool:
    return team.submissions.exclude(state=Submission.State.WITHDRAWN).exists()
