"""An assignment in memory: simulated people meet the real rules, and others' rules for comparison."""
