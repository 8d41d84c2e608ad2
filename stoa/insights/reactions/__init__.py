"""What insights does when something happens in the rooms below."""

from django.apps import apps

# Where Insights runs alone nothing happens that one could listen to.
if apps.is_installed("stoa.catalogue"):
    from stoa.insights.reactions import runs, surveys, teams

__all__ = ["runs", "surveys", "teams"]
