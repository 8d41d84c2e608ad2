"""Peer review: thousands of simulated classes, pulls from a long queue on PostgreSQL, and a class due in one minute.

python -m bench.peer_review classes [--seeds 1000]      classes of 1, 2, 3, 10 and 100 by our rules, at three drop-outs
python -m bench.peer_review pulls [--open 100000] [--reviewers 50] [--seconds 20]
python -m bench.peer_review due [--open 100000]
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence

from bench.site import a_site, inside
from stoa.peer_review.commands.simulating import compare
from stoa.peer_review.rules.simulation.crowd import Crowd

SIZES, DROPOUTS = (1, 2, 3, 10, 100), (0.0, 0.5, 0.9)


def main(words: Sequence[str]) -> None:
    """Run one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["classes", "pulls", "due"])
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--open", type=int, default=100_000)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args(words)
    if asked.what == "classes":
        classes(seeds=asked.seeds)
        return
    with a_site() as site:
        if asked.what == "due":
            inside(site, "bench.due", str(asked.open))
        else:
            inside(site, "bench.pulls", str(asked.open), str(asked.reviewers), str(asked.seconds))


def classes(*, seeds: int) -> None:
    """Every size at every drop-out, so many times."""
    told = []
    for size in SIZES:
        crowds = [Crowd(learners=size, dropout=dropout) for dropout in DROPOUTS]
        for row in compare(crowds, rules=["ours"], seeds=seeds, processes=os.cpu_count() or 1):
            told.append({"authors": size, "dropout": row.dropout, **row.figures})
            unread, overdue = row.figures["unreviewed_on_time"], row.figures["overdue"]
            staff = float(row.figures["staff_share"] or 0)
            print(
                f"{size:>4} authors, {row.dropout:.0%} left, {seeds} seeds: {unread} without a review, "
                f"{overdue} without a score in time, {staff:.1%} read by staff"
            )
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
