"""What every process of a site finds in its environment."""

import os
from pathlib import Path

from stoa.run.places import secret_in
from stoa.run.postgres.cluster import address_in


def site_environment(data: Path) -> dict[str, str]:
    """The variables of a site in this folder; what is set already wins."""
    return {
        "STOA_DATA": str(data),
        "STOA_SECRET_KEY": os.environ.get("STOA_SECRET_KEY") or secret_in(data),
        "DATABASE_URL": os.environ.get("DATABASE_URL") or address_in(data),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE") or "config.settings",
    }
