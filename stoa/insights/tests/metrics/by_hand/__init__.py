"""A third witness in plain Python: tables counted as their definitions say, one thing after the other."""
