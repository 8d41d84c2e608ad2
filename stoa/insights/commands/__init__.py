"""The command line part of Insights."""
