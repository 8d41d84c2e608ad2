"""Logs and tables in, bronze, silver, statements and quarantine out."""
