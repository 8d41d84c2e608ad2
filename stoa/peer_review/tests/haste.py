"""Simulated reviews with their traces: some done with care, some in haste, each in ways of its own."""

import random
from collections.abc import Sequence

from stoa.peer_review.rules.effort.traces import Surprise, Trace

_NOUNS = """
loop counter function variable sentence paragraph argument source diagram result caption heading test example table
reader question conclusion figure reason step proof case method comma index query layout colour summary
"""
_VERBS = "shows explains repeats misses names sorts counts connects compares describes cites reads prints checks"
NOUNS, VERBS = _NOUNS.split(), _VERBS.split()
FILLER = (
    "Good job, nice work, could be better in places.",
    "Well done I liked it very much thank you.",
    "Nice work, keep it up.",
    "ok good work",
    "It is a good submission and well done overall.",
)
RUBRIC = ("What works well is the way you explain each step of the task", "Every claim has a source and a reason")


def auc(haste: Sequence[float], care: Sequence[float]) -> float:
    """How often a hasty review gets the higher probability of haste, ties half."""
    wins = sum((one > other) + 0.5 * (one == other) for one in haste for other in care)
    return wins / (len(haste) * len(care))


def reviews(seed: int, *, raters: int = 60, share: float = 0.15) -> tuple[list[Trace], set[str]]:
    """Three reviews by each rater, and the ids of those done in haste. The two kinds overlap in every sign."""
    chance = random.Random(seed)  # noqa: S311 -- a simulation, no secret
    traces: list[Trace] = []
    hasty: set[str] = set()
    for rater in range(raters):
        in_haste = chance.random() < share
        earlier: list[str] = []
        for turn in range(3):
            work = " ".join(sentence(chance) for _ in range(12))
            trace = (
                _hasty(chance, f"{rater}-{turn}", work, earlier)
                if in_haste
                else _careful(chance, f"{rater}-{turn}", work, earlier)
            )
            traces.append(trace)
            earlier.append(trace.text)
            if in_haste:
                hasty.add(trace.review)
    return traces, hasty


def sentence(chance: random.Random) -> str:
    """A sentence about something."""
    return (
        f"The {chance.choice(NOUNS)} of the {chance.choice(NOUNS)} {chance.choice(VERBS)} "
        f"the {chance.choice(NOUNS)} with a {chance.choice(NOUNS)}."
    )


def _careful(chance: random.Random, name: str, work: str, earlier: Sequence[str]) -> Trace:
    text = " ".join(sentence(chance) for _ in range(chance.choice((1, 2, 2, 3, 4))))
    if chance.random() < 0.5:
        start = chance.randrange(40)
        text += f' You write "{" ".join(work.split()[start : start + 5])}".'
    elif chance.random() < 0.15:
        text = chance.choice(FILLER)
    levels = [chance.choice((0.5, 0.75, 1.0)) for _ in range(4)]
    return Trace(
        review=name,
        rater=name.partition("-")[0],
        seconds=420.0 * chance.lognormvariate(0.0, 0.7),
        levels=levels if chance.random() < 0.85 else [1.0] * 4,
        comments=[text],
        earlier=list(earlier),
        work=work,
        rubric=RUBRIC,
        surprise=_surprise(chance.gauss(0.0, 14.0)),
    )


def _hasty(chance: random.Random, name: str, work: str, earlier: Sequence[str]) -> Trace:
    text = chance.choice((*FILLER, RUBRIC[0], sentence(chance), *earlier))
    return Trace(
        review=name,
        rater=name.partition("-")[0],
        seconds=420.0 * chance.lognormvariate(-1.6, 0.9),
        levels=[chance.choice((0.5, 0.75, 1.0))] * 4 if chance.random() < 0.6 else [0.5, 0.75, 1.0, 0.75],
        comments=[text],
        earlier=list(earlier),
        work=work,
        rubric=RUBRIC,
        surprise=_surprise(chance.gauss(0.0, 25.0)),
    )


def _surprise(off: float) -> Surprise:
    return Surprise(points=70.0 + off, expected=70.0, variance=250.0, all_mean=70.0, all_variance=400.0)
