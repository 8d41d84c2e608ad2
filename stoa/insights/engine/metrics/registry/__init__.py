"""Every column of every table, with what it means."""
