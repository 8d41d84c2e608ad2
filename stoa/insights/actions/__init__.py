"""What insights does on the site: ask, keep answers, and tell the log what runs and teams are."""

from stoa.insights.actions.describing import describe_run, describe_runs
from stoa.insights.actions.teams import tell_roles

__all__ = ["describe_run", "describe_runs", "tell_roles"]
