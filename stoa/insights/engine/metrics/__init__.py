"""Every metric, defined once, computed by any engine."""
