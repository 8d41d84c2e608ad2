"""Makes learners with sessions in the site that the environment names; prints a run, and the keys, as JSON.

python -m bench.newcomers 50
"""

import json
import sys
from datetime import UTC, datetime
from secrets import token_hex

from django.conf import settings
from django.test import Client

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from stoa.accounts.actions import create_person
from stoa.catalogue.models import Run


def main() -> None:
    """So many as the command says."""
    run = Run.objects.select_related("course").earliest("pk")
    sessions = [_session() for _ in range(int(sys.argv[1]))]
    print(json.dumps({"run": f"/courses/{run.course.slug}/runs/{run.code}/", "sessions": sessions}))


def _session() -> str:
    at, name = datetime.now(UTC), token_hex(6)
    person = create_person(email=f"{name}@bench.example", display_name="Nia Newcomer", password=token_hex(12), at=at)
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main()
