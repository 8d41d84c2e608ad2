"""Writes a release: the table, exact aggregates beside it, how much it bends, and how it was made."""

import csv
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stoa.insights.engine.releasing import utility
from stoa.insights.engine.releasing.anonymity import APART, anonymous
from stoa.insights.engine.releasing.records import COUNTS, KNOWN, Records, coarsened, read
from stoa.insights.engine.releasing.sensitive import diverse
from stoa.insights.engine.warehouse.warehouse import Snapshot

SMALLEST_COUNTRY = 5000
HEADER = (
    "course_id",
    "userid_DI",
    "registered",
    "viewed",
    "explored",
    "certified",
    *KNOWN,
    "grade",
    "start_week",
    "last_week",
    *COUNTS,
)


class NothingToRelease(Exception):
    """There is no registration that could be published: build the tables first, or take a smaller k."""


@dataclass(frozen=True, kw_only=True)
class Released:
    """What a release kept."""

    records: int
    of: int
    certified_blanked: int
    unlinked: int  # records whose person has an id of its own in each course
    k: int

    @property
    def kept(self) -> float:
        """The share of registrations that stayed."""
        return self.records / self.of if self.of else 0.0


def release(snapshot: Snapshot, folder: Path, *, k: int, smallest_country: int = SMALLEST_COUNTRY) -> Released:
    """Write person_course.csv, aggregates.csv, utility.json and README.md into the folder. Raises NothingToRelease."""
    everybody = read(snapshot) if snapshot.files("tables/person_course") else None
    if everybody is None or not len(everybody):
        raise NothingToRelease("This warehouse has no registrations: run `stoa insights build` first.")
    hidden = anonymous(coarsened(everybody, smallest_country=smallest_country), k=k)
    if not len(hidden):
        raise NothingToRelease(f"No group of {k} people has enough in common: take a smaller --k, or more data.")
    safe = diverse(hidden)
    folder.mkdir(parents=True, exist_ok=True)
    told = Released(
        records=len(safe),
        of=len(everybody),
        certified_blanked=int((safe.certified == "").sum()),
        unlinked=sum(APART in person for person in safe.person),
        k=k,
    )
    _write_rows(folder / "person_course.csv", HEADER, _rows(safe))
    _write_rows(folder / "aggregates.csv", ("course_id", "of", "value", "registrations"), _aggregates(everybody, k=k))
    report = {"kept": told.kept, **vars(told), "columns": [one.told() for one in utility.bent(everybody, safe)]}
    (folder / "utility.json").write_text(json.dumps(report, indent=1) + "\n")
    (folder / "README.md").write_text(_readme(told, smallest_country))
    return told


def _rows(records: Records) -> list[tuple[str, ...]]:
    """Under new random ids, in their order, so that nothing is told by the order either."""
    ids: dict[str, str] = {}
    rows = []
    for i in range(len(records)):
        new = ids.setdefault(records.person[i], secrets.token_hex(8))
        grade = records.grade[i]
        rows.append(
            (
                records.course[i],
                new,
                "1",
                str(int(records.viewed[i])),
                str(int(records.explored[i])),
                records.certified[i],
                *(records.known[name][i] for name in KNOWN),
                "" if np.isnan(grade) else f"{grade:.2f}",
                records.start[i],
                records.last[i],
                *(
                    f"{records.counts[name][i]:.10g}" if name != "hours" else f"{records.counts[name][i]:.1f}"
                    for name in COUNTS
                ),
            )
        )
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _aggregates(records: Records, *, k: int) -> Iterable[tuple[str, str, str, str]]:
    """Exact counts of every course by one thing at a time; a count under k and the next smallest are left out."""
    of: Mapping[str, np.ndarray] = {
        **{name: records.known[name] for name in KNOWN},
        "viewed": records.viewed.astype(int).astype(str),
        "explored": records.explored.astype(int).astype(str),
        "certified": records.certified,
    }
    for course in np.unique(records.course.astype(str)):
        here = records.course == course
        yield course, "registered", "1", _shown(int(here.sum()), k)
        for name, values in of.items():
            words, counts = np.unique(values[here].astype(str), return_counts=True)
            small = counts < k
            if small.sum() == 1:
                small[np.argsort(counts, kind="stable")[:2]] = True
            for word, count, hidden in zip(words, counts, small, strict=True):
                shown = str(count) if not hidden else f"under {k}" if count < k else ""
                yield course, name, word or "not said", shown


def _shown(count: int, k: int) -> str:
    return str(count) if count >= k else f"under {k}"


def _write_rows(path: Path, header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _readme(told: Released, smallest_country: int) -> str:
    return f"""# A person-course table that is safe to publish

One row a registration: {told.records:,} of {told.of:,} ({100 * told.kept:.1f} %). Whoever knows the course, gender,
country, years of birth, education and posts of a learner finds at least {told.k} rows that agree; a
gap agrees with everything.

- Left out: staff and beta testers, and rows that would stand in a group under {told.k}.
- `userid_DI` is random and new. Who shares all their courses and all that is known of them with fewer than {told.k}
  people has another one in each course.
- Countries with fewer than {smallest_country:,} rows are regions (UN M49), smaller regions are blank. Years of birth
  come in fives, posts in bands, days as the Monday of their week. The highest hundredth of each count has its median.
- `certified` and `grade` are blank where all of a group are alike ({told.certified_blanked:,} rows): what would be
  learned of everybody in it is not told of anybody.
- Anonymising bends statistics: `utility.json` tells by how much, column by column. Exact counts are in
  `aggregates.csv`; counts under {told.k}, and with each such count the next smallest, are left out.
"""
