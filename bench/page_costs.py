"""Measures the pages of the site that the environment names; `bench.pages` makes the site and calls this.

python -m bench.page_costs --learners 1000 --seconds 2 --database PID      prints JSON, and one line for people
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from statistics import median
from time import process_time

from bench import populate
from bench.load import Deed, Learner, rate, times
from bench.processes import cpu_of
from bench.site import pages, stoa
from stoa.catalogue.models import Run

Costs = dict[str, dict[str, object]]
CONNECTIONS = (1, 16, 64)
FLOOR = "/manifest.webmanifest"
"""The cheapest answer there is: what any request costs."""
WARM, COUNTED, ROUNDS = 30, 150, 3


def main() -> None:
    """Measure, print the figures as JSON, and one line for people."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--database", type=int, required=True, help="the process of PostgreSQL")
    options = parser.parse_args()
    costs, quizzes = measure(options.database, learners=options.learners, seconds=options.seconds)
    figures = {"learners": options.learners, "yardstick_ms": yardstick(), "pages": costs, "quiz_attempts": quizzes}
    json.dump(figures, sys.stdout, indent=1)
    print()
    print(_line(costs, quizzes["per_second"]), file=sys.stderr)


def measure(database: int, *, learners: int, seconds: float) -> tuple[Costs, dict[str, float]]:
    """Fill the site with learners, then measure each page, then whole quiz attempts."""
    run = Run.objects.select_related("course").earliest("pk")
    stoa(os.environ, "demo", "--course", run.course.slug, "--learners", str(learners))
    long_quiz = populate.a_long_quiz(run)
    sessions = populate.sessions_of(run, max(CONNECTIONS))
    addresses = {"floor": FLOOR, **populate.addresses(run)}
    home = f"/courses/{long_quiz.course.slug}/runs/{long_quiz.code}/"
    with pages(os.environ) as (port, web):
        where = _Site(port, web, database, sessions, seconds)
        costs = {name: where.page(path) for name, path in addresses.items()}
        # So many, that none of them meets the limit on handing in.
        quizzes = where.attempts(home, populate.sessions_of(long_quiz, max(CONNECTIONS)), populate.answers)
    weights = {name: asdict(populate.weight_of(run, path)) for name, path in addresses.items()}
    return {name: {**costs[name], **weights[name]} for name in costs}, quizzes


def yardstick() -> float:
    """Milliseconds of CPU that a fixed piece of Python takes: about 45 on an idle core of 2024, more on a busy one."""
    before = process_time()
    sum(number * number % 7 for number in range(500_000))
    return round((process_time() - before) * 1000, 1)


class _Site:
    """A running site, and who looks at it."""

    def __init__(self, port: int, web: int, database: int, sessions: Sequence[str], seconds: float) -> None:
        self.port, self.web, self.database = port, web, database
        self.sessions, self.seconds = sessions, seconds

    def page(self, path: str) -> dict[str, object]:
        """CPU per request and requests a second of one page."""

        async def deed(learner: Learner) -> None:
            await learner.get(path)

        times(self.port, self.sessions, deed, count=max(WARM, len(self.sessions)))
        costs = [(*self._cost(self.sessions, deed, COUNTED), yardstick()) for _ in range(ROUNDS)]
        rates = {str(n): asdict(rate(self.port, self.sessions[:n], deed, seconds=self.seconds)) for n in CONNECTIONS}
        return {
            "app_ms": round(median(cost[0] for cost in costs), 2),
            "database_ms": round(median(cost[1] for cost in costs), 2),
            "yardstick_ms": round(median(cost[2] for cost in costs), 1),
            "rates": rates,
        }

    def attempts(
        self, home: str, sessions: Sequence[str], answers: Callable[[bool], Sequence[tuple[str, str]]]
    ) -> dict[str, float]:
        """Whole attempts: open the page, save, hand in, look at the result."""

        async def attempt(learner: Learner) -> None:
            right = len(learner.times) % 8 == 0
            await learner.get(f"{home}steps/step/")
            await learner.post(f"{home}quizzes/ten/answers/", answers(right))
            await learner.post(f"{home}quizzes/ten/attempts/", answers(right))
            await learner.get(f"{home}steps/step/")

        times(self.port, sessions, attempt, count=len(sessions))
        app, database = self._cost(sessions, attempt, 40)
        found = rate(self.port, sessions, attempt, seconds=2 * self.seconds)
        return {"per_second": found.per_second, "app_ms": round(app, 2), "database_ms": round(database, 2)}

    def _cost(self, sessions: Sequence[str], deed: Deed, count: int) -> tuple[float, float]:
        """Milliseconds of CPU that one of them takes in the app and in the database."""
        before = cpu_of(self.web), cpu_of(self.database)
        times(self.port, sessions, deed, count=count)
        after = cpu_of(self.web), cpu_of(self.database)
        return (after[0] - before[0]) / count * 1000, (after[1] - before[1]) / count * 1000


def _line(figures: Mapping[str, Mapping[str, object]], quizzes: float) -> str:
    told = [
        f"{name} {cost['app_ms']} + {cost['database_ms']} ms, {cost['queries']} queries, {cost['kilobytes_gz']} KB gz"
        for name, cost in figures.items()
    ]
    return f"{' · '.join(told)} · {quizzes} quiz attempts/s"


if __name__ == "__main__":
    main()
