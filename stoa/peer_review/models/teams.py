"""Teams that hand in one piece of work together."""

from django.db import models

from stoa.courseware.models import Enrolment
from stoa.peer_review.models.assignments import Assignment


class Team(models.Model):
    """Learners who hand in together."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="formed_teams")
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=43, unique=True)
    """Who has it may join: it stands in the invitation."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "name"], name="a_team_name_once_per_assignment")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A learner in a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="+")
    """The team's, so that the database keeps a learner out of two teams."""
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="team_memberships")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "enrolment"], name="one_team_per_learner_and_assignment")
        ]
