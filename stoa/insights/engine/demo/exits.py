"""What invented participants say on their way out, to the question that a run asks of who is done or gone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from stoa.insights.engine.demo.acts import CERTIFIED, VIEWED, WEEK, Acts, Stay
from stoa.insights.engine.demo.lines import server_line
from stoa.insights.engine.demo.people import Numbers
from stoa.insights.engine.demo.runs import Run

#: Why they stopped, with shares of those who say.
REASONS = (
    ("time", 0.38),
    ("done", 0.17),
    ("later", 0.11),
    ("hard", 0.1),
    ("expected", 0.1),
    ("easy", 0.05),
    ("other", 0.05),
    ("technical", 0.04),
)
NOT_SAID = -1
_ANSWER, _FINISHERS_ANSWER, _SATISFIED_TOO = 0.24, 0.45, 0.6
#: How many got what they came for, by whether they finished; of those who say that they were done nearly all.
_CONTENT = {True: 0.92, False: 0.35}
_SECOND = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Exits:
    """One entry a registration: when it was asked (microseconds, 0 where it was not), and what it said."""

    asked_at: Numbers
    reason: Numbers  # index of REASONS, NOT_SAID where nothing was said
    satisfied: Numbers  # 0 or 1, NOT_SAID where nothing was said


def exits(stays: Stay, done: Acts, rng: Generator) -> Exits:
    """Who takes part is asked: at once when certified, else four weeks after the last act."""
    count = len(stays.who)
    last = stays.registered_at.copy()
    np.maximum.at(last, done.row, done.t)
    finished = stays.depth == CERTIFIED
    asked = stays.depth >= VIEWED
    says = asked & (rng.random(count) < np.where(finished, _FINISHERS_ANSWER, _ANSWER))
    shares = np.array([share for _, share in REASONS])
    reason = np.where(says & ~finished, rng.choice(len(REASONS), size=count, p=shares / shares.sum()), NOT_SAID)
    content = finished | (reason == [name for name, _ in REASONS].index("done"))
    satisfied = rng.random(count) < np.where(content, _CONTENT[True], _CONTENT[False])
    says_how = says & (finished | (rng.random(count) < _SATISFIED_TOO))
    return Exits(
        asked_at=np.where(asked, last + np.where(finished, 2 * 3600 * _SECOND, 4 * WEEK), 0),
        reason=reason,
        satisfied=np.where(says_how, satisfied.astype(np.int64), NOT_SAID),
    )


def said(run: Run, stays: Stay, told: Exits) -> Iterator[tuple[int, str]]:
    """Time and line of each question and answer."""
    columns = (stays.who, told.asked_at, told.reason, told.satisfied)
    for user, asked_at, reason, satisfied in zip(*(column.tolist() for column in columns), strict=True):
        if asked_at:
            yield asked_at, server_line(run, user, asked_at, "stoa.survey.asked", {"survey": "exit"})
        if reason != NOT_SAID:
            yield _answer(run, user, asked_at + 3600 * _SECOND, "reason", REASONS[reason][0])
        if satisfied != NOT_SAID:
            yield _answer(run, user, asked_at + 3610 * _SECOND, "satisfied", ("no", "yes")[satisfied])


def _answer(run: Run, user: int, t: int, question: str, answer: str) -> tuple[int, str]:
    payload = {"survey": "exit", "question": question, "answer": answer}
    return t, server_line(run, user, t, "stoa.survey.answered", payload)
