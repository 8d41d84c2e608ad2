"""What insights does when something happens in the rooms below."""

from stoa.insights.reactions import runs, teams

__all__ = ["runs", "teams"]
