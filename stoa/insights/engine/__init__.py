"""Reads logs, keeps the warehouse, computes metrics: no Django, no site. Only commands and child processes load it."""
