"""Metrics that no engine can say, computed once from tables that it made: numbers in, numbers out."""
