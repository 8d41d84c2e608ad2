"""A pytest plugin: how long properties look for a counterexample. STOA_EXAMPLES=1000 looks longer than `bin/test` does.

A slow machine is no failure, so that there is no deadline.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "stoa",
    max_examples=int(os.environ.get("STOA_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("stoa")
