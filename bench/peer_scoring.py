"""How near peer scores come to the truth, what haste and copies are told by, and what all of it costs.

python -m bench.peer_scoring [REVIEWS]     REVIEWS: a folder with the University of Auckland's statbiscuit_*.csv

Prints tables for people and one JSON object. Each cost is measured in a process of its own.
"""

import argparse
import csv
import json
import multiprocessing
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from stoa.peer_review.rules.copies.clusters import clusters
from stoa.peer_review.rules.effort.engagement import judge
from stoa.peer_review.rules.effort.traces import habits
from stoa.peer_review.rules.scoring.estimator import Estimate, estimate
from stoa.peer_review.rules.scoring.marks import Floats, Marks, marks_of
from stoa.peer_review.rules.scoring.values import Anchor, Review
from stoa.peer_review.tests.haste import auc, reviews
from stoa.peer_review.tests.scoring.crowds import crowd, rmse
from stoa.peer_review.tests.scoring.test_accuracy import KINDS

DRAWS, ANCHORS, SEEDS = 50, 10, 5
AUCKLAND_POINTS = 14.0
Row = dict[str, float | str]


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", nargs="?", type=Path)
    folder: Path | None = parser.parse_args().reviews
    figures: dict[str, list[Row]] = {"crowds": [kind(name) for name in KINDS]}
    tell("Simulated crowds, RMSE in points of 100", figures["crowds"])
    if folder is not None:
        figures["auckland"] = auckland(folder)
        tell("University of Auckland, RMSE against the mean of three tutors", figures["auckland"])
    figures["haste"] = [haste(seed) for seed in range(SEEDS)]
    tell("Hasty reviews", figures["haste"])
    figures["costs"] = [
        cost("3,000 works, 3 reviews each", score_crowd, 3_000, 3),
        cost("100,000 works, 5 reviews each", score_crowd, 100_000, 5),
        cost("copies among 20,000 texts of 150 words", find_copies, 20_000, 100),
        cost("copies among 100,000 texts of 150 words", find_copies, 100_000, 100),
    ]
    tell("Costs", figures["costs"])
    print(json.dumps(figures))


def kind(name: str) -> Row:
    """A kind of crowd, over several seeds."""
    rows = []
    for seed in range(SEEDS):
        people = KINDS[name](seed)
        found = estimate(people.marks).official
        held = float(np.mean((found.low <= people.truth) & (people.truth <= found.high)))
        rows.append(
            (rmse(people.median, people.truth), rmse(people.mean, people.truth), rmse(found.score, people.truth), held)
        )
    median, mean, ours, held = np.mean(rows, axis=0).tolist()
    return {
        "what": name,
        "median": median,
        "mean": mean,
        "ours": ours,
        "against the median": ours / median - 1,
        "against the mean": ours / mean - 1,
        "held by the interval": held,
    }


def auckland(folder: Path) -> list[Row]:
    """The real set, without anchors and with ten drawn by chance, fifty times."""
    marks, truth, given = read(folder)
    medians = np.array([np.median(given[name]) for name in marks.submissions])
    means = np.array([np.mean(given[name]) for name in marks.submissions])
    draws = [drawn(marks, truth, seed) for seed in range(DRAWS)]
    bare = estimate(marks)
    return [
        {"what": "median", "RMSE": rmse(medians, truth)},
        {"what": "mean", "RMSE": rmse(means, truth)},
        {"what": "ours, no anchors", "RMSE": rmse(bare.official.score, truth), "held": held_by(bare, truth)},
        {
            "what": f"ours, {ANCHORS} anchors",
            "RMSE": float(np.mean([row[0] for row in draws])),
            "RMSE of unread work": float(np.mean([row[1] for row in draws])),
            "likeliest alone": float(np.mean([row[2] for row in draws])),
            "held": float(np.mean([row[3] for row in draws])),
        },
    ]


def drawn(marks: Marks, truth: Floats, seed: int) -> tuple[float, float, float, float]:
    """Errors of all and of unread work with anchors drawn by this seed, the posterior mean's, what intervals hold."""
    chosen = np.random.default_rng(seed).choice(len(truth), ANCHORS, replace=False)
    unread = np.ones(len(truth), dtype=bool)
    unread[chosen] = False
    found = estimate(marks, [Anchor(submission=marks.submissions[at], points=float(truth[at])) for at in chosen])
    scores = found.official.score
    held = (found.official.low <= truth) & (truth <= found.official.high)
    return (
        rmse(scores, truth),
        rmse(scores[unread], truth[unread]),
        rmse(found.likeliest.mean, truth),
        float(np.mean(held[unread])),
    )


def held_by(found: Estimate, truth: Floats) -> float:
    """The share of work whose interval holds the truth."""
    return float(np.mean((found.official.low <= truth) & (truth <= found.official.high)))


def read(folder: Path) -> tuple[Marks, Floats, dict[str, list[float]]]:
    """Marks, tutors' means, and the peers' points by submission."""
    given: dict[str, list[float]] = defaultdict(list)
    rows: list[Review] = []
    with (folder / "statbiscuit_peer_grades.csv").open() as file:
        for row in csv.DictReader(file):
            points = 100.0 * float(row["score"]) / AUCKLAND_POINTS
            rows.append(Review(submission=row["file_name"], rater=row["assessor_id"], points=points))
            given[row["file_name"]].append(points)
    tutors: dict[str, list[float]] = defaultdict(list)
    with (folder / "statbiscuit_tutor_grades.csv").open() as file:
        for row in csv.DictReader(file):
            tutors[row["file_name"]].append(100.0 * float(row["total"]) / AUCKLAND_POINTS)
    marks = marks_of(rows)
    return marks, np.array([np.mean(tutors[name]) for name in marks.submissions]), given


def haste(seed: int) -> Row:
    """How well haste is told from care, and who is refused credit."""
    traces, hasty = reviews(seed, raters=200)
    judged = judge(traces, habits(traces))
    of_haste = [judged[trace.review] for trace in traces if trace.review in hasty]
    of_care = [judged[trace.review] for trace in traces if trace.review not in hasty]
    return {
        "what": f"seed {seed}",
        "AUC": auc([one.hasty for one in of_haste], [one.hasty for one in of_care]),
        "hasty refused": sum(not one.earns_credit for one in of_haste) / len(of_haste),
        "careful refused": sum(not one.earns_credit for one in of_care) / len(of_care),
    }


def score_crowd(works: int, each: int) -> Callable[[], object]:
    """Prepare a crowd; the answer scores it."""
    marks = crowd(1, works=works, each=each).marks
    return lambda: estimate(marks)


def find_copies(count: int, copied: int) -> Callable[[], object]:
    """Prepare texts of which some are copies with changes; the answer finds them."""
    chance = random.Random(1)
    vocabulary = [f"w{number}" for number in range(20_000)]
    texts = {f"t{place}": chance.choices(vocabulary, k=150) for place in range(count)}
    for place in range(0, 2 * copied, 2):
        changed = list(texts[f"t{place}"])
        for at in chance.sample(range(150), 8):
            changed[at] = chance.choice(vocabulary)
        texts[f"t{place + 1}"] = changed
    joined = {name: " ".join(words) for name, words in texts.items()}

    def find() -> int:
        found = clusters(joined)
        if len(found) != copied:
            raise SystemExit(f"{len(found)} groups were found, {copied} are there")
        return len(found)

    return find


def cost(what: str, prepare: Callable[[int, int], Callable[[], object]], first: int, second: int) -> Row:
    """CPU seconds and the highest memory of a process that does only this."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, megabytes = pool.apply(_spent, (prepare, first, second))
    return {"what": what, "CPU s": seconds, "MB": megabytes}


def _spent(prepare: Callable[[int, int], Callable[[], object]], first: int, second: int) -> tuple[float, float]:
    work = prepare(first, second)
    started = time.process_time()
    work()
    return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(title: str, rows: Sequence[Row]) -> None:
    """A table for people."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    print(f"\n{title}\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        cells = [_cell(head, row.get(head, "")) for head in heads]
        print(f"| {' | '.join(cells)} |")


def _cell(head: str, value: float | str) -> str:
    if isinstance(value, str):
        return value
    if "refused" in head or head.startswith(("against", "held")):
        return f"{value:.1%}"
    return f"{value:.3f}" if head == "AUC" else f"{value:.2f}"


if __name__ == "__main__":
    main()
