"""The embedded PostgreSQL: its programs, its cluster of files, its server."""
