"""A person-course table comes in as it is, dirt and all."""

import json
from pathlib import Path

import duckdb
import pytest

from stoa.insights.engine.reading.ingest import ingest
from stoa.insights.engine.warehouse.warehouse import Warehouse

HEAD = (
    "course_id,userid_DI,registered,viewed,explored,certified,final_cc_cname_DI,LoE_DI,YoB,gender,grade,"
    "start_time_DI,last_event_DI,nevents,ndays_act,nplay_video,nchapters,nforum_posts,roles,incomplete_flag"
)


def taken_in(folder: Path, *rows: str) -> list[dict[str, object]]:
    (folder / "person_course.csv").write_text("\n".join([HEAD, *rows]) + "\n")
    warehouse = Warehouse(folder / "w")
    with warehouse.alone():
        ingest(warehouse, [folder / "person_course.csv"], now=2_000_000_000_000_000)
    files = warehouse.snapshot().files("statements/imported")
    found = duckdb.execute('SELECT "row" FROM read_parquet($files) ORDER BY seq', {"files": files}).fetchall()
    return [json.loads(row) for (row,) in found]


def test_a_row_is_kept_by_the_names_of_our_own_table(tmp_path: Path) -> None:
    rows = taken_in(
        tmp_path,
        "HarvardX/CB22x/2013_Spring,MHxPC130442623,1,1,1,1,India,Master's,1988,f,0.87,2012-12-19,2013-11-17,502,16,50,12,2,,",
    )

    assert rows == [
        {
            "course_id": "HarvardX/CB22x/2013_Spring",
            "username": "MHxPC130442623",
            "country": "IN",
            "country_from": "ip",
            "gender": "f",
            "education": "m",
            "education_group": "master",
            "year_of_birth": 1988,
            "age": 24,
            "age_band": "18-24",
            "org": "HarvardX",
            "run": "2013_Spring",
            "registered": True,
            "viewed": True,
            "explored": True,
            "explored_hx": True,
            "certified": True,
            "completed": True,
            "verified": False,
            "status": "certified",
            "grade": 0.87,
            "start_time": 1_355_875_200_000_000,
            "last_event": 1_384_646_400_000_000,
            "nevents": 502,
            "ndays_act": 16,
            "nchapters": 12,
            "nplay_video": 50,
            "nforum_posts": 2,
        }
    ]


@pytest.mark.parametrize("grade", ["", " ", "NA", "nan"])
def test_a_missing_grade_is_no_grade(grade: str, tmp_path: Path) -> None:
    (row,) = taken_in(tmp_path, f"MITx/6.002x/2012_Fall,MHx1,1,0,0,0,Unknown/Other,,,,{grade},2012-12-19,,,,,,0,,1")

    assert ("grade" in row, "country" in row, row["status"]) == (False, False, "registered")


def test_the_certified_who_explored_too_little_stay_certified(tmp_path: Path) -> None:
    (row,) = taken_in(
        tmp_path,
        "MITx/6.002x/2012_Fall,MHx1,1,1,0,1,United States,Secondary,1990.0,m,0.6,2013-01-02,2012-12-30,5,1,,2,0,,",
    )

    assert (row["status"], row["explored"], row["country"], row["year_of_birth"]) == ("certified", False, "US", 1990)
