"""What a simulation shows, of one seed and of many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stoa.peer_review.rules.allocation import Credit
from stoa.peer_review.rules.fairness import gini
from stoa.peer_review.rules.simulation.crowd import Crowd
from stoa.peer_review.rules.simulation.orders import ORDERS
from stoa.peer_review.rules.simulation.records import Work
from stoa.peer_review.rules.simulation.running import Simulation
from stoa.peer_review.rules.states import SubmissionState

_DAY = timedelta(days=1)
_BINS = 100
"""Waits are counted in hundredths of a day."""


@dataclass(kw_only=True)
class Outcome:
    """How one or more seeds ended; outcomes add up."""

    seeds: int = 0
    works: int = 0
    on_time: int = 0
    unreviewed: int = 0
    """On-time works that had no review of anybody by the promised moment."""
    overdue: int = 0
    """On-time works that had neither a score nor no harm by then."""
    no_harm: int = 0
    staff_reads: int = 0
    contributors: int = 0
    contributors_short: int = 0
    """Contributors whose work had fewer reviews than wanted by then."""
    reviews: int = 0
    waits: Counter[int] = field(default_factory=Counter)
    """Hundredths of days until the first review, of on-time works that got one."""
    final_days_max: float = 0.0
    gini: float = 0.0
    """The sum over seeds, of reviews received by on-time works."""
    gini_contributors: float = 0.0
    worst_staff_share: float = 0.0
    seeds_with_unreviewed: int = 0

    def add(self, other: "Outcome") -> None:
        """Take another outcome in."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.waits.update(other.waits)
        self.final_days_max = max(self.final_days_max, other.final_days_max)
        self.worst_staff_share = max(self.worst_staff_share, other.worst_staff_share)

    def wait(self, quantile: float) -> float | None:
        """The days until the first review, at a quantile; None where nothing was read."""
        total, seen = sum(self.waits.values()), 0
        for day in sorted(self.waits):
            seen += self.waits[day]
            if seen >= quantile * total:
                return day / _BINS
        return None

    def summary(self) -> dict[str, float | int | None]:
        """The figures, by name."""
        return {
            "seeds": self.seeds,
            "submissions": self.works,
            "on_time": self.on_time,
            "unreviewed_on_time": self.unreviewed,
            "unreviewed_share": _share(self.unreviewed, self.on_time),
            "seeds_with_unreviewed": self.seeds_with_unreviewed,
            "overdue": self.overdue,
            "no_harm": self.no_harm,
            "staff_reads": self.staff_reads,
            "staff_share": _share(self.staff_reads, self.works),
            "staff_share_worst_seed": round(self.worst_staff_share, 5),
            "reviews_per_submission": _share(self.reviews, self.works),
            "first_review_days_p50": self.wait(0.5),
            "first_review_days_p99": self.wait(0.99),
            "final_days_max": round(self.final_days_max, 3),
            "contributors_below_k": _share(self.contributors_short, self.contributors),
            "gini_received": round(self.gini / max(self.seeds, 1), 4),
            "gini_received_contributors": round(self.gini_contributors / max(self.seeds, 1), 4),
        }


_SUMS = (
    *("seeds", "works", "on_time", "unreviewed", "overdue", "no_harm", "staff_reads", "contributors"),
    *("contributors_short", "reviews", "gini", "gini_contributors", "seeds_with_unreviewed"),
)


def simulate(crowd: Crowd, *, rule: str, seed: int, staff_cap: int | None = None) -> Outcome:
    """One assignment by one rule."""
    simulation = Simulation(crowd=crowd, seed=seed, order=ORDERS[rule](), staff_cap=staff_cap)
    store = simulation.run()
    works = list(store.works.values())
    on_time = [work for work in works if work.on_time]
    contributors = [work for work in on_time if work.credit is Credit.FULL]
    outcome = Outcome(
        seeds=1,
        works=len(works),
        on_time=len(on_time),
        staff_reads=len(simulation.staff_reads),
        worst_staff_share=len(simulation.staff_reads) / max(len(works), 1),
        reviews=sum(work.done for work in works),
        contributors=len(contributors),
        contributors_short=sum(work.done < min(store.terms.wanted, store.terms.owed) for work in contributors),
        gini=gini([work.done for work in on_time]),
        gini_contributors=gini([work.done for work in contributors]),
    )
    for work in on_time:
        _see(outcome, work, due=store.terms.promise.due(work.since))
    outcome.seeds_with_unreviewed = int(outcome.unreviewed > 0)
    return outcome


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Many outcomes as one."""
    whole = Outcome()
    for outcome in outcomes:
        whole.add(outcome)
    return whole


def _see(outcome: Outcome, work: Work, *, due: datetime) -> None:
    """Count how one piece of on-time work fared."""
    outcome.unreviewed += work.read_at is None or work.read_at > due
    outcome.no_harm += work.state is SubmissionState.NO_HARM
    outcome.overdue += work.final_at is None or work.final_at > due
    if work.read_at is not None:
        outcome.waits[round(max(work.read_at - work.since, timedelta(0)) / _DAY * _BINS)] += 1
    if work.final_at is not None:
        outcome.final_days_max = max(outcome.final_days_max, (work.final_at - work.since) / _DAY)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 5) if whole else 0.0
