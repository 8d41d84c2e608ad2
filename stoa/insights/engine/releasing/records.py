"""The registrations that a release begins with, and what is coarsened before anything is counted."""

from dataclasses import dataclass, replace
from typing import Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from stoa.insights.engine.warehouse.warehouse import Snapshot
from stoa.insights.rules.regions import region

Texts = NDArray[np.object_]
Numbers = NDArray[np.float64]
Yes = NDArray[np.bool_]

#: What somebody may know of another learner. Posts come in bands: none, one, two to five, more.
KNOWN: Final = ("gender", "country", "birth_years", "education", "posts")
#: What nobody should learn of a learner from a release.
SENSITIVE: Final = ("certified", "grade")
#: How much was done: kept, with tails binned.
COUNTS: Final = ("nevents", "ndays_act", "nplay_video", "nproblem_check", "nchapters", "hours")
_WEEK = 7 * 86_400_000_000  # microseconds
_MONDAY = 4 * 86_400_000_000  # 1970-01-05
_YEARS_A_BAND = 5


@dataclass(frozen=True, kw_only=True)
class Records:
    """Registrations, one entry each in every array; "" and NaN stand for what is not said or was taken out."""

    course: Texts
    person: Texts
    known: dict[str, Texts]
    viewed: Yes
    explored: Yes
    certified: Texts  # "1", "0", "" where blanked
    grade: Numbers
    start: Texts  # the Monday of the week
    last: Texts
    counts: dict[str, Numbers]

    def __len__(self) -> int:
        return len(self.course)

    def only(self, kept: Yes) -> "Records":
        """Some of them."""
        return replace(
            self,
            course=self.course[kept],
            person=self.person[kept],
            known={name: values[kept] for name, values in self.known.items()},
            viewed=self.viewed[kept],
            explored=self.explored[kept],
            certified=self.certified[kept],
            grade=self.grade[kept],
            start=self.start[kept],
            last=self.last[kept],
            counts={name: values[kept] for name, values in self.counts.items()},
        )


_READ = """
    SELECT course_id, username, coalesce(gender, '') AS gender, coalesce(country, '') AS country,
        coalesce(year_of_birth, 0) AS born, coalesce(education, '') AS education, coalesce(nforum_posts, 0) AS posts,
        coalesce(viewed, false) AS viewed, coalesce(explored, false) AS explored,
        coalesce(certified, false) AS certified,
        coalesce(grade, 'nan') AS grade, coalesce(start_time, -1) AS started, coalesce(last_event, -1) AS ended,
        coalesce(nevents, 0) AS nevents, coalesce(ndays_act, 0) AS ndays_act, coalesce(nplay_video, 0) AS nplay_video,
        coalesce(nproblem_check, 0) AS nproblem_check, coalesce(nchapters, 0) AS nchapters,
        coalesce(sum_dt_30, 0) / 3.6e9 AS hours
    FROM read_parquet($files) WHERE coalesce(roles, '') = '' ORDER BY course_id, username
"""


def read(snapshot: Snapshot) -> Records:
    """Everybody but the team (staff, beta testers), with times cut to weeks and years of birth to bands of five."""
    with duckdb.connect() as sql:
        rows = sql.execute(_READ, {"files": snapshot.files("tables/person_course")}).fetchnumpy()
    columns = {name: np.asarray(np.ma.getdata(values)) for name, values in rows.items()}
    texts = {name: columns[name].astype(object) for name in ("course_id", "username", "gender", "country", "education")}
    return Records(
        course=texts["course_id"],
        person=texts["username"],
        known={
            "gender": texts["gender"],
            "country": texts["country"],
            "birth_years": _bands(columns["born"]),
            "education": texts["education"],
            "posts": np.array(["0", "1", "2-5", "6+"], object)[np.digitize(columns["posts"], [1, 2, 6])],
        },
        viewed=columns["viewed"].astype(bool),
        explored=columns["explored"].astype(bool),
        certified=np.where(columns["certified"].astype(bool), "1", "0").astype(object),
        grade=columns["grade"].astype(float),
        start=_weeks(columns["started"]),
        last=_weeks(columns["ended"]),
        counts={name: columns[name].astype(float) for name in COUNTS},
    )


def coarsened(records: Records, *, smallest_country: int) -> Records:
    """Countries with fewer records become regions, regions with fewer are left out; tails of counts are binned."""
    country = records.known["country"]
    for widen in (_to_region, lambda _: ""):
        names, which, count = np.unique(country.astype(str), return_inverse=True, return_counts=True)
        wider = np.array([widen(name) for name in names], object)
        country = np.where(count[which] < smallest_country, wider[which], names[which].astype(object))
    counts = {name: _without_tail(values) for name, values in records.counts.items()}
    return replace(records, known={**records.known, "country": country}, counts=counts)


def _to_region(country: str) -> str:
    return region(country) or country


def _without_tail(values: Numbers) -> Numbers:
    """The highest hundredth has its median."""
    if not len(values):
        return values
    limit = np.quantile(values, 0.99)
    tail = values > limit
    return np.where(tail, np.median(values[tail]) if tail.any() else 0.0, values)


def _bands(years: NDArray[np.generic]) -> Texts:
    first = years.astype(int) // _YEARS_A_BAND * _YEARS_A_BAND
    names = {int(year): f"{year}-{year + _YEARS_A_BAND - 1}" if year else "" for year in np.unique(first)}
    return np.array([names[int(year)] for year in first], object)


def _weeks(times: NDArray[np.generic]) -> Texts:
    monday = (times.astype(np.int64) - _MONDAY) // _WEEK * _WEEK + _MONDAY
    names = np.datetime_as_string(monday.astype("datetime64[us]"), unit="D").astype(object)
    return np.where(times.astype(np.int64) < 0, "", names)
