"""The figures of the report, as counted by hand."""

from pathlib import Path

import numpy as np
import pytest

from stoa.insights.engine.metrics.computed.reruns import module_transitions, run_transitions
from stoa.insights.engine.reporting.exhibits.areas import sizes
from stoa.insights.engine.reporting.exhibits.certification import per_course, typical
from stoa.insights.engine.reporting.exhibits.networks import balances, flows, published, significance
from stoa.insights.engine.reporting.exhibits.reruns import large, medians, runs_of
from stoa.insights.engine.reporting.exhibits.times import hours, minutes_to, very_fast
from stoa.insights.engine.reporting.making import make
from stoa.insights.engine.reporting.people import People
from stoa.insights.engine.warehouse.warehouse import Warehouse
from stoa.insights.rules.charts.figures import figure
from stoa.insights.tests.reports import DAY, HOUR, IMPRINT, MINUTE, START, Row, cells, crowd, exhibit, opened, reported


@pytest.mark.req("R013")
@pytest.mark.req("R019")
def test_certification_is_told_of_five_groups_and_the_typical_course_is_the_median(tmp_path: Path) -> None:
    rows: list[Row] = []
    for course, (earners, paid) in {"A": (10, 20), "B": (20, 40), "C": (60, 80)}.items():
        where = f"course-v1:X+{course}+1"
        rows += crowd(earners, f"{course}e", course_id=where, certified=True, explored=True, verified=True,
                      intent="certificate")  # fmt: skip
        rows += crowd(paid - earners, f"{course}v", course_id=where, verified=True)
        rows += crowd(200 - paid, f"{course}r", course_id=where, viewed=False)
    people = opened(tmp_path, rows)

    found = typical(per_course(people))

    assert found["registrants"] == (0.1, 3)  # 10, 20 and 60 of 200
    assert found["viewers"] == (0.5, 3)  # 10 of 20, 20 of 40, 60 of 80
    assert found["explorers"] == (1.0, 3)
    assert found["verified learners"] == (0.5, 3)
    assert found["intenders"] == (1.0, 2)  # the course with 10 intenders does not count


@pytest.mark.req("R014")
def test_a_rerun_with_750_after_1000_is_a_quarter_smaller_and_transitions_stay_apart(tmp_path: Path) -> None:
    sizes_of = {"A+1": 1000, "A+2": 750, "A+3": 900, "B+1": 100, "B+2": 50, "M.1x+1": 200, "M.2x+1": 120}
    rows = [
        row
        for place, (run, count) in enumerate(sizes_of.items())
        for row in crowd(count, run, course_id=f"course-v1:X+{run}", start_time=START + place * DAY)
    ]
    made = reported(tmp_path, rows)
    runs = runs_of(People(Warehouse(tmp_path).snapshot()))

    changes = {(one.before.course[12:], one.after.course[12:]): one.change for one in large(run_transitions(runs))}
    assert changes == pytest.approx({("A+1", "A+2"): -0.25, ("A+2", "A+3"): 0.2, ("B+1", "B+2"): -0.5})
    assert medians(large(run_transitions(runs))) == {"1st to 2nd": (-0.375, 2), "2nd to 3rd": (pytest.approx(0.2), 1)}
    assert [one.change for one in large(module_transitions(runs))] == [pytest.approx(-0.4)]
    assert cells(exhibit(made, "reruns"))[0][-1] == "−25 % of the participants of the run before"  # noqa: RUF001 -- a minus


@pytest.mark.req("R015")
def test_areas_are_ranked_by_size_and_ties_by_name(tmp_path: Path) -> None:
    rows = [
        *crowd(20, "h", area="History", course_id="h"),
        *crowd(50, "i", area="Informatics", course_id="i"),
        *crowd(20, "b", area="Biology", course_id="b"),
    ]

    assert [name for name, _ in sizes(opened(tmp_path, rows))] == ["Informatics", "Biology", "History"]


def paths(steps: dict[str, int]) -> list[Row]:
    """Learners by the courses that they took one after the other: "IH": informatics, then history."""
    areas = {"I": "Informatics", "J": "Informatics", "H": "History", "S": "Science"}
    return [
        crowd(1, f"{path}{learner}", course_id=course, area=areas[course], first_event=START + place * DAY)[0]
        | {"username": f"{path}{learner}"}
        for path, count in steps.items()
        for learner in range(count)
        for place, course in enumerate(path)
    ]


@pytest.mark.req("R016")
def test_the_flow_matrix_is_as_counted_by_hand_and_cells_under_five_are_left_out(tmp_path: Path) -> None:
    people = opened(tmp_path, paths({"IH": 30, "HI": 6, "IJ": 8, "ISH": 5, "SI": 4, "I": 50}))

    courses = flows(people, "course_id")
    assert courses == {
        ("I", "H"): 30, ("I", "J"): 8, ("H", "I"): 6, ("I", "S"): 5, ("S", "H"): 5, ("S", "I"): 4,
    }  # fmt: skip
    areas = published(flows(people, "area"))
    assert ("Science", "Informatics") not in areas
    assert areas["Informatics", "Informatics"] == 8
    assert balances(areas) == {"History": (6, 35), "Informatics": (35, 6), "Science": (5, 5)}
    chances = significance(people)
    assert chances["Informatics"] == pytest.approx(0.001)
    assert chances["Science"] > 0.05
    assert significance(people) == chances


@pytest.mark.req("R017")
def test_an_area_is_set_against_the_rest_in_four_respects_with_n_and_non_response(tmp_path: Path) -> None:
    rows = [
        *crowd(60, "a", area="I", gender="m", age=20, country="IN", education_group="school"),
        *crowd(20, "b", area="I", gender="f", age=22, country="US", education_group="master"),
        *crowd(20, "c", area="I"),
        *crowd(30, "d", area="H", gender="m", age=50, country="US", education_group="bachelor"),
        *crowd(30, "e", area="H", gender="f", age=40, country="KE", education_group="school"),
    ]

    found = [row for row in cells(exhibit(reported(tmp_path, rows), "areas-people")) if row[0] == "I"]

    who = "participants whose {} is known"
    silent = "20 % of 100 participants"
    assert found == [
        ("I", "men", f"75 % of 80 {who}".format("gender"), f"50 % of 60 {who}".format("gender"), silent),
        ("I", "from outside US", f"75 % of 80 {who}".format("country"), f"50 % of 60 {who}".format("country"), silent),
        (
            "I",
            "with a bachelor's degree or more",
            f"25 % of 80 {who}".format("education"),
            f"50 % of 60 {who}".format("education"),
            silent,
        ),
        ("I", "median age", "20 years (n 80)", "45 years (n 60)", silent),
    ]


@pytest.mark.req("R018")
@pytest.mark.req("R019")
def test_intentions_are_told_with_the_response_rate_and_what_came_of_them(tmp_path: Path) -> None:
    rows = [
        *crowd(12, "a", intent="certificate", certified=True),
        *crowd(28, "b", intent="certificate"),
        *crowd(40, "c", intent="browse"),
        *crowd(20, "d"),
    ]

    one = exhibit(reported(tmp_path, rows), "intentions")

    assert one.number == "50\N{NO-BREAK SPACE}% of 80 registrants who answered"
    assert one.denominator.endswith("response rate: 80\N{NO-BREAK SPACE}% of 100 registrants")
    assert one.answer.endswith("A typical course certifies 30\N{NO-BREAK SPACE}% of intenders (median of 1 course).")


@pytest.mark.req("R020")
def test_teachers_are_counted_and_how_many_of_them_learn_what_they_teach(tmp_path: Path) -> None:
    rows = [
        *crowd(19, "a", teacher="now", teaches_area="Science"),
        *crowd(81, "b", teacher="was", teaches_area="History"),
        *crowd(100, "c", teacher="never"),
        *crowd(50, "d"),
    ]

    said = exhibit(reported(tmp_path, rows), "teachers").answer.replace("\N{NO-BREAK SPACE}", " ")

    assert "50 % of 200 registrants who answered whether they teach" in said
    assert "19 % of 100 registrants who teach or taught" in said


@pytest.mark.req("R007")
@pytest.mark.req("R008")
def test_time_to_a_credential_has_the_median_and_the_first_percentile_that_numpy_gives(tmp_path: Path) -> None:
    taken = [22 * MINUTE, *(24 * HOUR + place * HOUR for place in range(198))]
    rows = [
        row
        for place, time in enumerate(taken)
        for row in crowd(1, f"p{place}-", certified=True, cert_time=START + time, sum_dt_30=(10 + place) * HOUR)
    ]
    people = opened(tmp_path, rows)

    assert float(np.median(hours(people))) == 109
    expected = np.percentile(np.array(taken) / MINUTE, 1)
    assert float(np.percentile(minutes_to(people), 1)) == pytest.approx(expected)
    assert very_fast(people) == 1
    one = exhibit(make(Warehouse(tmp_path).snapshot(), IMPRINT), "time")
    assert one.number == "109 hours"
    assert cells(one)[1][1] == figure(round(float(expected) / 60, 1))
    assert cells(one, 1) == [("credentials within 23 minutes of the first act", "fewer than 10")]
    assert "no credential is denied" in one.method


@pytest.mark.req("R009")
def test_trends_are_four_series_by_month_as_counted_by_hand(tmp_path: Path) -> None:
    rows = [
        *crowd(10, "a", first_event=START, country="KE", intent="browse"),
        *crowd(10, "b", first_event=START, country="US"),
        *crowd(12, "c", first_event=START + 61 * DAY, country="US", area="History"),
    ]

    assert cells(exhibit(reported(tmp_path, rows), "trends")) == [
        ("2013-10", "20", "2", "1", "1"),
        ("2013-11", "0", "0", "0", "0"),
        ("2013-12", "12", "1", "0", "1"),
    ]


@pytest.mark.req("R146")
def test_satisfaction_stands_by_how_it_ended_with_n_and_response_rate(tmp_path: Path) -> None:
    made = reported(
        tmp_path,
        [
            *crowd(20, "a", completed=True, satisfied="yes", exit_reason="done"),
            *crowd(20, "b", completed=True),
            *crowd(30, "c", satisfied="yes", exit_reason="time"),
            *crowd(10, "d", satisfied="no", exit_reason="hard"),
            *crowd(60, "e"),
        ],
    )
    one = exhibit(made, "endings")

    assert cells(one) == [
        ("finished", "40", "50 % of 40 participants", "100 % of 20 participants who answered"),
        ("did not finish", "100", "40 % of 100 participants", "75 % of 40 participants who answered"),
    ]
    assert cells(one, 1) == [
        ("no time", "30", "50 % of 60 participants who gave a reason"),
        ("got what they wanted", "20", "33 % of 60 participants who gave a reason"),
        ("too hard", "10", "17 % of 60 participants who gave a reason"),
    ]
    assert one.number.replace("\N{NO-BREAK SPACE}", " ") == "75 % of 40 participants who answered"


def test_too_few_answers_about_the_end_are_no_exhibit(tmp_path: Path) -> None:
    made = reported(tmp_path, [*crowd(9, "a", satisfied="yes", exit_reason="done"), *crowd(60, "b")])

    assert "endings" not in [one.anchor for one in made.exhibits]


@pytest.mark.req("R095")
def test_education_stands_beside_that_of_the_adults_of_the_same_countries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "adults.csv"
    file.write_text("country,bachelor_or_more,year,source\nUS,50,2020,Census\nKE,10,2019,Bureau\n")
    monkeypatch.setenv("STOA_EDUCATION_BASELINE", str(file))
    grown: Row = {"age": 40, "age_band": "35-44"}
    rows = [
        *crowd(30, "a", country="US", education_group="master", **grown),
        *crowd(10, "b", country="US", education_group="school", **grown),
        *crowd(20, "c", country="KE", education_group="bachelor", **grown),
        *crowd(40, "d", country="FJ", education_group="school", **grown),
        *crowd(40, "e", country="US", education_group="bachelor", age=20, age_band="18-24"),
    ]

    told = exhibit(reported(tmp_path, rows), "education")

    assert cells(told, 1) == [
        ("participants", "50", "83 % of 60 participants of 25 and more whose education and country are known"),
        ("adults there", "22", "37 % of 60 adults of the same countries"),
    ]
    assert "2.3 times as many" in told.answer
    assert "Bureau, Census, 2019 to 2020" in told.method
    assert len(exhibit(reported(tmp_path / "few", rows[:-36]), "education").grids) == 1
