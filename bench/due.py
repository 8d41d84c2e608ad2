"""Works whose promise falls due in the same minute: how long the clock takes to end them, killed once in between.

Called by bench.peer_review inside a site of its own, with the number of works. A quarter each has no review, one, two,
three; the first are left out of the score, the others scored; everyone gets a mail and a row in the score table.
"""

import json
import resource
import signal
import subprocess
import sys
import time
from datetime import timedelta

from django.core.management import call_command
from django.db import connection

import bench.inside  # noqa: F401 -- before the rooms, which need Django set up
from bench.pull_site import NOW, fill
from stoa.assessment.models import Sheet
from stoa.mail.models import Mail
from stoa.peer_review import actions
from stoa.peer_review.models import Place, Score, Transition
from stoa.peer_review.rules.clock import MARGIN

KILLED_AFTER = 60.0
DUE = """
UPDATE peer_review_place SET since = %(since)s, look_at = %(now)s, climbed = 8, done = submission_id %% 4, leased = 0,
    state = CASE WHEN submission_id %% 4 = 0 THEN 'staff' ELSE 'provisional' END
"""
STATES = """
UPDATE peer_review_submission AS submission SET state = place.state, t0 = place.since,
    promised_at = place.since + interval '7 days'
FROM peer_review_place AS place WHERE place.submission_id = submission.id
"""
REVIEWS = """
INSERT INTO peer_review_review (submission_id, assignment_id, reviewer_id, role, token, version, state, taken_at,
    lease_until, draft, seconds, comment, points, weight, credited, hidden_for, submitted_at, reason, note)
SELECT place.submission_id, place.assignment_id, place.authors[1] + number, 'peer',
    'r' || place.submission_id || '-' || number, 1, 'accepted', %(now)s, %(now)s, '{}', 900, '',
    40 + (place.submission_id * 7 + number * 13) %% 60, 1, true, '', %(now)s, '', ''
FROM peer_review_place AS place, generate_series(1, place.done) AS number
WHERE EXISTS (SELECT FROM accounts_person WHERE id = place.authors[1] + number)
"""


def main(count: int) -> None:
    """Fill, let the clock turn, tell."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    fill(count)
    with connection.cursor() as cursor:
        values = {"since": NOW - timedelta(days=7) + MARGIN, "now": NOW}
        cursor.execute(DUE, values)
        cursor.execute(STATES)
        cursor.execute(REVIEWS, values)
        cursor.execute("ANALYZE")
    before = time.monotonic()
    killed = _killed_in_the_middle()
    cpu = time.process_time()
    then = time.monotonic()
    actions.tick(at=NOW)
    seconds, cpu = time.monotonic() - then, time.process_time() - cpu
    done = max(count - killed, 1)
    ended = Place.objects.exclude(final_at=None)
    figures = {
        "works": count,
        "ended_before_the_kill": killed,
        "seconds_in_all": round(time.monotonic() - before, 1),
        "works_per_second": round(done / seconds),
        "cpu_ms_a_work": round(cpu / done * 1000, 3),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "not_ended": Place.objects.filter(final_at=None).count(),
        "without_score": ended.filter(state="final").count() - Score.objects.exclude(final_at=None).count(),
        "without_row_in_the_score_table": count - Sheet.objects.count(),
        "told_twice_or_not": count - Mail.objects.count(),
        "ended_twice": Transition.objects.filter(what="rung").count() - count,
    }
    print(
        f"{count:,} works due in one minute: all ended after {figures['seconds_in_all']} s with one kill -9, "
        f"{figures['works_per_second']} a second, {figures['cpu_ms_a_work']} ms of CPU each, "
        f"{figures['memory_mb']} MB; {figures['not_ended']} left, {figures['told_twice_or_not']} not told"
    )
    print(json.dumps(figures))


def _killed_in_the_middle() -> int:
    """A clock that is killed; says how many works it had ended."""
    code = (
        "import bench.inside\nfrom bench.pull_site import NOW\n"
        "from stoa.peer_review import actions\nactions.tick(at=NOW)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as clock:
        try:
            clock.wait(timeout=KILLED_AFTER)
        except subprocess.TimeoutExpired:
            clock.send_signal(signal.SIGKILL)
    return Place.objects.exclude(final_at=None).count()


if __name__ == "__main__":
    main(int(sys.argv[1]))
