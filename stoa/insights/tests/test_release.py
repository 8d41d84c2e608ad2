"""Nobody is found in a release, and what it bends is told."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from stoa.insights.commands.releasing import release as command
from stoa.insights.engine.releasing.anonymity import anonymous, crowd
from stoa.insights.engine.releasing.records import COUNTS, KNOWN, Records
from stoa.insights.engine.releasing.release import Released, release
from stoa.insights.engine.releasing.sensitive import diverse
from stoa.insights.engine.releasing.utility import bent
from stoa.insights.tests.tables import Value, a_warehouse_with

DAY = 86_400_000_000
Row = Mapping[str, Value]


def people(count: int, seed: int = 1) -> list[dict[str, Value]]:
    """A crowd with all that a release has to hide: rare countries, old people, many courses, few posts."""
    dice = Random(seed)  # noqa: S311 -- invented people, no secret
    rows: list[dict[str, Value]] = []
    for i in range(count):
        about: dict[str, Value] = {
            "username": f"p{i}",
            "gender": dice.choices(["f", "m", "o", None], [40, 50, 1, 9])[0],
            "country": dice.choices(["US", "IN", "KE", "BR", "IS", "TV", None], [40, 30, 10, 10, 1, 0.3, 5])[0],
            "year_of_birth": dice.choices([1938, 1965, 1980, 1990, 1995, None], [1, 10, 25, 30, 25, 9])[0],
            "education": dice.choices(["hs", "b", "m", "p", None], [30, 40, 20, 2, 8])[0],
        }
        courses = dice.sample("ABCDEF", dice.choices([1, 2, 3, 6], [70, 20, 9, 1])[0])
        rows += [about | registration(dice, course) for course in courses]
    return rows


def registration(dice: Random, course: str) -> dict[str, Value]:
    certified = dice.random() < 0.2
    start = 16_000 * DAY + dice.randrange(60) * DAY + dice.randrange(DAY)
    return {
        "course_id": course,
        "viewed": dice.random() < 0.7,
        "explored": certified,
        "certified": certified,
        "grade": dice.choice([0.7, 0.8, 0.9]) if certified else dice.choice([0.0, 0.1, 0.3]),
        "start_time": start,
        "last_event": start + dice.randrange(1, 40) * DAY,
        "nforum_posts": dice.choices([0, 1, 3, 40], [90, 6, 3, 1])[0],
        "nevents": int(dice.lognormvariate(4, 1.2)),
        "sum_dt_30": dice.randrange(10**11),
    }


def released(tmp_path: Path, rows: Iterable[Row], *, k: int = 5, smallest_country: int = 30) -> list[dict[str, str]]:
    release(a_warehouse_with(tmp_path / "w", rows), tmp_path / "out", k=k, smallest_country=smallest_country)
    return list(csv.DictReader((tmp_path / "out" / "person_course.csv").read_text().splitlines()))


def test_the_team_is_left_out_and_names_and_times_of_day_are_gone(tmp_path: Path) -> None:
    rows: list[dict[str, Value]] = [
        *people(3000),
        {"course_id": "A", "username": "boss", "roles": "staff", "nevents": 987654},
    ]

    found = released(tmp_path, rows)

    assert "987654" not in (tmp_path / "out" / "person_course.csv").read_text()
    assert not {row["userid_DI"] for row in found} & {row["username"] for row in rows}
    assert {len(row["start_week"]) for row in found} == {len("2013-10-21")}


def test_small_countries_become_regions_and_smaller_regions_are_blank(tmp_path: Path) -> None:
    rows = people(3000)

    places = Counter(row["country"] for row in released(tmp_path, rows, smallest_country=100))

    assert set(places) <= {"US", "IN", "KE", "BR", ""}
    assert places["US"] > 100


def test_each_set_of_courses_is_that_of_k_people(tmp_path: Path) -> None:
    found = released(tmp_path, people(4000))

    courses: dict[str, set[str]] = defaultdict(set)
    for row in found:
        courses[row["userid_DI"]].add(row["course_id"])
    assert min(Counter(frozenset(taken) for taken in courses.values()).values()) >= 5
    assert max(len(taken) for taken in courses.values()) > 1


def searches(found: list[dict[str, str]], victim: Mapping[str, str]) -> Iterator[tuple[list[int], bool]]:
    """For all that an attacker may know of somebody: whom they can't tell apart, and whether anybody fits in full.

    They look among the rows of the course for those that agree with what they know; a gap agrees with everything.
    """
    here = np.array([row["course_id"] == victim["course_id"] for row in found])
    same = {name: np.array([row[name] == victim[name] for row in found]) for name in KNOWN}
    agrees = {name: same[name] | np.array([row[name] == "" for row in found]) for name in KNOWN}
    for knows in (some for size in range(len(KNOWN) + 1) for some in combinations(KNOWN, size)):
        those = np.logical_and.reduce([here, *(agrees[name] for name in knows)])
        in_full = np.logical_and.reduce([here, *(same[name] for name in knows)])
        yield np.flatnonzero(those).tolist(), bool(in_full.any())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_attacker_who_knows_all_of_somebody_finds_five_and_learns_no_outcome(tmp_path: Path, seed: int) -> None:
    """Planted people: an old professor, a lone islander, somebody in every course, somebody who posts a lot."""
    planted: list[dict[str, Value]] = [
        {"gender": "f", "country": "TV", "year_of_birth": 1931, "education": "p", "nforum_posts": 200},
        {"gender": "o", "country": "IS", "year_of_birth": 1938, "education": "p", "nforum_posts": 3},
        {"gender": "m", "country": "US", "year_of_birth": 1990, "education": "b", "nforum_posts": 0},
    ]
    rows = people(4000, seed)
    for number, about in enumerate(planted):
        told: dict[str, Value] = {"username": f"x{number}", "certified": True, "grade": 0.99, "nevents": 777777}
        rows += [{**about, **told, "course_id": course} for course in "ABCDEF"]

    found = released(tmp_path, rows)

    assert all(row["nevents"] != "777777" for row in found)
    for victim in known_of(rows):
        for those, somebody_fits in searches(found, victim):
            assert len(those) >= 5 or not somebody_fits
            assert {found[one]["certified"] for one in those} not in ({"0"}, {"1"})


def known_of(rows: list[dict[str, Value]]) -> Iterator[dict[str, str]]:
    """What an attacker knows of the planted and of some others, in the words of the release."""
    for row in [*rows[-18:], *rows[:60]]:
        born = row.get("year_of_birth")
        first = int(born) // 5 * 5 if isinstance(born, int) else None
        posts = int(str(row.get("nforum_posts") or 0))
        yield {
            "course_id": str(row["course_id"]),
            "gender": str(row.get("gender") or ""),
            "country": str(row.get("country") or ""),
            "birth_years": f"{first}-{first + 4}" if first is not None else "",
            "education": str(row.get("education") or ""),
            "posts": "0" if posts == 0 else "1" if posts == 1 else "2-5" if posts < 6 else "6+",
        }


def test_nobody_is_found_by_joining_their_courses(tmp_path: Path) -> None:
    """Whoever knows two courses of somebody and all else, and joins rows by id, still finds five people or none."""
    found = released(tmp_path, people(4000))

    by_person: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in found:
        by_person[row["userid_DI"]].append(row)
    whole = Counter(
        frozenset((row["course_id"], *(row[name] for name in KNOWN)) for row in rows) for rows in by_person.values()
    )
    assert min(count for classes, count in whole.items() if len(classes) > 1) >= 5


words = st.sampled_from(["", "a", "b"])


@st.composite
def records(draw: st.DrawFn) -> Records:
    count = draw(st.integers(1, 40))

    def texts(values: st.SearchStrategy[str]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
        return np.array(draw(st.lists(values, min_size=count, max_size=count)), object)

    pairs = draw(
        st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 30)), min_size=count, max_size=count, unique=True)
    )
    nothing = np.zeros(count)
    return Records(
        course=np.array([course for course, _ in pairs], object),
        person=np.array([str(person) for _, person in pairs], object),
        known={name: texts(words if name != "posts" else st.sampled_from(["0", "1"])) for name in KNOWN},
        viewed=nothing.astype(bool),
        explored=nothing.astype(bool),
        certified=texts(st.sampled_from(["0", "1"])),
        grade=np.array(draw(st.lists(st.sampled_from([0.0, 0.5, np.nan]), min_size=count, max_size=count))),
        start=np.full(count, "", object),
        last=np.full(count, "", object),
        counts=dict.fromkeys(COUNTS, nothing),
    )


@given(records())
@settings(deadline=None)
def test_a_crowd_is_everybody_who_agrees_however_gaps_are_filled(some: Records) -> None:
    def agrees(i: int, j: int) -> bool:
        return some.course[i] == some.course[j] and all(values[j] in {"", values[i]} for values in some.known.values())

    counted = [sum(agrees(i, j) for j in range(len(some))) for i in range(len(some))]
    assert crowd(some).tolist() == counted


@given(records(), st.integers(2, 4))
@settings(deadline=None)
def test_after_hiding_everybody_stands_in_a_crowd_and_hiding_again_changes_nothing(some: Records, k: int) -> None:
    hidden = anonymous(some, k=k)

    assert all(crowd(hidden) >= k)
    assert anonymous(hidden, k=k).course.tolist() == hidden.course.tolist()


@given(records())
@settings(deadline=None)
def test_no_class_tells_one_outcome_of_all(some: Records) -> None:
    safe = diverse(some)

    told: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for i in range(len(safe)):
        told[safe.course[i], *(safe.known[name][i] for name in KNOWN)].add(safe.certified[i])
    assert all(outcomes in ({"0", "1"}, {""}) for outcomes in told.values())


def test_the_report_says_what_was_bent(tmp_path: Path) -> None:
    released(tmp_path, people(3000))

    report = json.loads((tmp_path / "out" / "utility.json").read_text())
    columns = {column["column"]: column for column in report["columns"]}
    assert set(columns) >= {"nevents", "grade", "certified", "country", "gender"}
    assert columns["nevents"]["sd_before"] > columns["nevents"]["sd_after"]
    assert 0 < columns["country"]["distance"] < 1
    assert report["kept"] == report["records"] / report["of"]


def test_a_release_that_changes_nothing_bends_nothing() -> None:
    count = 50
    rng = np.random.default_rng(1)
    same = Records(
        course=np.full(count, "A", object),
        person=np.arange(count).astype(object),
        known={name: np.full(count, "x", object) for name in KNOWN},
        viewed=rng.random(count) < 0.5,
        explored=rng.random(count) < 0.2,
        certified=np.where(rng.random(count) < 0.2, "1", "0").astype(object),
        grade=rng.random(count),
        start=np.full(count, "", object),
        last=np.full(count, "", object),
        counts={name: rng.random(count) for name in COUNTS},
    )

    assert {column.distance for column in bent(same, same)} == {0.0}
    assert all(column.mean_before == column.mean_after for column in bent(same, same))


def test_exact_counts_stand_beside_and_no_small_one_can_be_worked_out(tmp_path: Path) -> None:
    rows = people(3000)
    released(tmp_path, rows)

    counted = list(csv.DictReader((tmp_path / "out" / "aggregates.csv").read_text().splitlines()))
    whole = next(int(row["registrations"]) for row in counted if row["course_id"] == "A" and row["of"] == "registered")
    assert whole == sum(row["course_id"] == "A" for row in rows)
    for name in KNOWN:
        cells = [row["registrations"] for row in counted if row["course_id"] == "A" and row["of"] == name]
        hidden = [cell for cell in cells if not cell.isdigit()]
        assert len(hidden) != 1


def test_who_asks_too_much_of_too_few_is_told_what_to_do(tmp_path: Path) -> None:
    a_warehouse_with(tmp_path / "w", people(3))

    said = CliRunner().invoke(command, ["--warehouse", str(tmp_path / "w"), str(tmp_path / "out")])

    assert (said.exit_code, said.output) == (
        1,
        "stoa insights release: No group of 5 people has enough in common: take a smaller --k, or more data.\n",
    )


def test_the_command_says_what_was_kept(tmp_path: Path) -> None:
    a_warehouse_with(tmp_path / "w", people(2000))

    asked = ["--warehouse", str(tmp_path / "w"), "--json", "--smallest-country", "10", str(tmp_path / "out")]
    said = CliRunner().invoke(command, asked)

    told = json.loads(said.stdout)
    assert said.exit_code == 0
    assert told["records"] == len((tmp_path / "out" / "person_course.csv").read_text().splitlines()) - 1
    assert Released(**{name: told[name] for name in told if name != "kept"}).kept == told["kept"]
