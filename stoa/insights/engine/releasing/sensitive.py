"""Blanks what would be learned of everybody in a class at once."""

from dataclasses import replace

import numpy as np

from stoa.insights.engine.releasing.anonymity import Codes, classes
from stoa.insights.engine.releasing.records import Records, Yes


def diverse(records: Records) -> Records:
    """Where all of a class are certified, or none is, neither that nor their grades are told; nor are equal grades."""
    if not len(records):
        return records
    which = classes(records)
    certified = np.unique(records.certified.astype(str), return_inverse=True)[1]
    grade = np.unique(np.nan_to_num(records.grade, nan=-1.0), return_inverse=True)[1]
    all_alike = _constant(which, certified)
    return replace(
        records,
        certified=np.where(all_alike, "", records.certified),
        grade=np.where(all_alike | _constant(which, grade), np.nan, records.grade),
    )


def _constant(which: Codes, value: Codes) -> Yes:
    """For each record, whether its class has one value only."""
    highest = np.full(which.max() + 1, -1)
    lowest = np.full(which.max() + 1, value.max() + 1)
    np.maximum.at(highest, which, value)
    np.minimum.at(lowest, which, value)
    return np.asarray((highest == lowest)[which])
