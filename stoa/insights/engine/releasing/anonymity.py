"""Hides each learner among at least k, whatever somebody knows of them and of their courses."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.releasing.records import KNOWN, Records, Texts, Yes

Codes = NDArray[np.int64]
#: Between the name of a person and the course, where that person is another one in each course.
APART = "\n"


def anonymous(records: Records, *, k: int) -> Records:
    """Let nobody stand in a group under k.

    Who shares all their courses and all that may be known of them with fewer than k people becomes a person of their
    own in each course: no id then links what they did. Records that still stand in a group under k are taken out.
    """
    while True:
        linked = _hidden_with_all_courses(records, k=k)
        apart = records.person + APART + records.course
        records = replace(records, person=np.where(linked, records.person, apart))
        kept = crowd(records) >= k
        records = records.only(kept)
        if linked.all() and kept.all():
            return records


def crowd(records: Records) -> Codes:
    """For each record: how many records of its course agree with everything that is said in it.

    What isn't said (or was taken out) agrees with everything: who looks for a woman can't rule out a record without a
    gender. Counted so that it holds for each way in which the record's own gaps may be filled.
    """
    course = _codes(records.course)
    values = np.stack([_codes(records.known[name]) for name in KNOWN], axis=1)
    said = np.stack([records.known[name] != "" for name in KNOWN], axis=1)
    agree = np.zeros(len(course), np.int64)
    for some in _subsets(len(KNOWN)):
        columns = list(some)
        exactly = said[:, columns].all(axis=1) & (said.sum(axis=1) == len(columns))
        if not exactly.any():
            continue
        key = _codes_of_rows(np.column_stack([course, values[:, columns]]))
        there = np.bincount(key[exactly], minlength=key.max() + 1)
        can_agree = said[:, columns].all(axis=1)
        agree[can_agree] += there[key[can_agree]]
    return agree


def classes(records: Records) -> Codes:
    """For each record, the number of its class: the same course and the same of everything that may be known."""
    return _codes_of_rows(np.column_stack([_codes(records.course), *(_codes(records.known[name]) for name in KNOWN)]))


def _hidden_with_all_courses(records: Records, *, k: int) -> Yes:
    """Whether each record's person has one course only, or all their courses and all else in common with k people."""
    person = _codes(records.person)
    if not len(person):
        return np.ones(0, bool)
    each = _codes_of_rows(np.column_stack([_codes(records.course), *(_codes(records.known[name]) for name in KNOWN)]))
    # The sum of random numbers, one for each class, tells sets of classes apart but for one chance in 2 ** 60.
    marks = np.random.default_rng(0).integers(1, 2**63, size=each.max() + 1, dtype=np.uint64)
    mark = np.zeros(person.max() + 1, np.uint64)
    np.add.at(mark, person, marks[each])
    _, which, people = np.unique(mark, return_inverse=True, return_counts=True)
    courses = np.bincount(person)
    return np.asarray((courses == 1) | (people[which] >= k))[person]


def _subsets(count: int) -> list[tuple[int, ...]]:
    return [some for size in range(count + 1) for some in combinations(range(count), size)]


def _codes(values: Texts) -> Codes:
    return np.unique(values.astype(str), return_inverse=True)[1].astype(np.int64)


def _codes_of_rows(columns: Codes) -> Codes:
    key = columns[:, 0]
    for column in columns.T[1:]:
        key = np.unique(key * (column.max(initial=0) + 1) + column, return_inverse=True)[1]
    return np.unique(key, return_inverse=True)[1].astype(np.int64)
