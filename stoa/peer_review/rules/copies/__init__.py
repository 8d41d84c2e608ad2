"""Work that is alike, within and across runs: found for staff to look at, never judged. Loads numpy: for commands."""
