"""Jobs of the worker: carry out imports, each in a child process; look after outside resources each night."""

import subprocess
import sys

from django.conf import settings
from procrastinate.contrib.django import app

from stoa.authoring import actions
from stoa.authoring.events import ImportAsked
from stoa.kernel.bus import afterwards
from stoa.kernel.clock import now


@app.task(name="authoring.import", queue="imports")
def carry_out(import_id: int) -> None:
    """Bring a course in. A course that takes all memory ends its own process only."""
    command = [sys.executable, "-m", "stoa.cli", "--data", str(settings.DATA), "import-job", str(import_id)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 -- a fixed command and a number
        actions.say_it_broke(import_id=import_id)


@afterwards(ImportAsked)
def carry_out_soon(fact: ImportAsked) -> None:
    """Wake the worker."""
    carry_out.defer(import_id=fact.import_id)


@app.periodic(cron="17 2 * * *", periodic_id="outside resources")
@app.task(name="authoring.outside", queue="nightly", queueing_lock="authoring.outside")
def look_outside(timestamp: int = 0) -> None:  # noqa: ARG001 -- procrastinate says when it was due
    """Ask every address that courses lead to how it is, each night."""
    actions.look_at_all(web=actions.PublicWeb(), at=now(), progress=lambda _done, _of: None)
