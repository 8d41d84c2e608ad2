"""Stoa's answers about another team's logs beside that team's own; docs/insights-compared.md tells the differences."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from stoa.insights.engine.kinds import Kind
from stoa.insights.tests.edx_answers import INPUT, Asked, Row, answers, engagement, logs, moment

pytestmark = pytest.mark.skipif(not INPUT.exists(), reason="the shared logs are not there")

EPOCH = date(1970, 1, 1)
DAY = 86_400_000_000
Ask = Callable[..., Asked]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    return lambda *names: Asked(tmp_path / "warehouse", logs(*names))


def test_daily_activity_is_theirs_but_for_plumbing(ask: Ask) -> None:
    """They call whoever's browser asked an XBlock for anything active; that is no act here, and is counted apart."""
    asked = ask("user_activity_tracking.log", "load_auth_user_for_internal_reporting_user_activity.sql")
    ours: Counter[Row] = Counter()
    query = f"""
        SELECT user_id, courses.name, t // {DAY}, kind, count(*) FROM silver
        JOIN learners ON learners.id = learner JOIN courses ON courses.id = course
        WHERE kind NOT IN (1, 2, 3) GROUP BY ALL
    """  # noqa: S608 -- numbers of this file
    plumbing: Counter[Row] = Counter()
    for user, course, day, kind, n in asked.rows(query):
        assert isinstance(n, int)
        key = (user, course, day)
        (plumbing if kind == Kind.HANDLER else ours)[(*key, "ACTIVE")] += n
        for name, counted in (("PLAYED_VIDEO", Kind.PLAY), ("ATTEMPTED_PROBLEM", Kind.CHECK)):
            if kind == counted:
                ours[(*key, name)] += n
    theirs = Counter[Row]()
    for row in answers("acceptance_expected_f_user_activity.csv"):
        day = (date.fromisoformat(row["date"]) - EPOCH).days
        theirs[(int(row["user_id"]), row["course_id"], day, row["activity_type"])] = int(row["number_of_activities"])

    assert ours + plumbing == theirs
    assert plumbing.total() == 48
    acts = asked.rows("""
        SELECT user_id, course_id, day - DATE '1970-01-01', nevents, nplay_video, nproblem_check
        FROM "tables/person_course_day" JOIN learners ON learners.id = learner
    """)
    names = ("ACTIVE", "PLAYED_VIDEO", "ATTEMPTED_PROBLEM")
    assert {(*row[:3], name): n for row in acts for name, n in zip(names, row[3:], strict=True) if n} == ours


def test_active_users_of_a_week_are_theirs(tmp_path: Path) -> None:
    """Their lines hold a name and a time only; what has no type is no event here, so that each is given one."""
    log = tmp_path / "active.log"
    lines = (INPUT / "active_users_tracking.log").read_text().splitlines()
    log.write_text("".join(json.dumps(json.loads(line) | {"event_type": "page_close"}) + "\n" for line in lines))
    asked = Asked(tmp_path / "warehouse", [log])
    theirs = {
        (row["username"], row["start_date"], row["end_date"]) for row in answers("expected_active_users_per_week.csv")
    }
    weeks = {date.fromisoformat(start): date.fromisoformat(end) for _, start, end in theirs}
    seen = asked.rows(f"SELECT DISTINCT name, t // {DAY} FROM silver JOIN learners ON id = learner")  # noqa: S608 -- a number
    days = [(str(name), EPOCH + timedelta(days=int(str(day)))) for name, day in seen]

    ours = {(name, str(start), str(end)) for name, day in days for start, end in weeks.items() if start <= day < end}

    assert ours == theirs


def test_enrolments_are_theirs(ask: Ask) -> None:
    """Their log has learners whom the events name wrongly, by whoever was signed in: the payload's user counts."""
    asked = ask("enrollment_trends_tracking.log")
    ours = asked.rows("""
        SELECT courses.name, user_id, arg_max(mode, (t, seq)) FILTER (active), arg_max(active, (t, seq)),
            arg_min(mode, (t, seq)) FILTER (active), min(t) FILTER (active), max(t) FILTER (NOT active),
            min(t) FILTER (active AND mode = 'verified')
        FROM "statements/enrolments" JOIN learners ON learners.id = learner JOIN courses ON courses.id = course
        WHERE t >= 1406851200000000 GROUP BY ALL
    """)
    theirs = [
        (
            *(row["course_id"], int(row["user_id"]), row["current_enrollment_mode"]),
            row["current_enrollment_is_active"] == "1",
            *(row["first_enrollment_mode"], moment(row["first_enrollment_time"])),
            *(moment(row["last_unenrollment_time"]), moment(row["first_verified_enrollment_time"])),
        )
        for row in answers("acceptance_expected_d_user_course.csv")
    ]

    # They drop user 6, whose enrolment began before the days that they asked about and ended in them.
    assert sorted(row for row in ours if row[5] is not None) == sorted(theirs)
    assert [row[1] for row in ours if row[5] is None] == [6]


@pytest.fixture
def one_day(tmp_path: Path) -> Asked:
    """The one day that they asked about; the log has answers of the days beside it, too."""
    log = tmp_path / "day.log"
    lines = (INPUT / "problem_response_tracking.log").read_text().splitlines()
    log.write_text("".join(line + "\n" for line in lines if '"time": "2016-09-07' in line))
    return Asked(tmp_path / "warehouse", [log])


def responses() -> Iterator[Mapping[str, str]]:
    for course in ("PRDemo1", "PRDemo2"):
        yield from answers(f"problem_response/OpenCraft_{course}_2016_problem_response.csv")


def test_answers_to_problems_are_theirs(one_day: Asked) -> None:
    found = one_day.rows(f"""
        SELECT learners.name, objects.name, arg_max(a, (t, seq)) / 1000.0, arg_max(b, (t, seq)) / 1000.0,
            count(*), min(t) // 1000000, max(t) // 1000000
        FROM silver JOIN learners ON learners.id = learner JOIN objects ON objects.id = object
        WHERE kind = {int(Kind.CHECK)} GROUP BY ALL
    """)  # noqa: S608 -- words of this file
    theirs = {
        (row["username"], row["problem_id"]): (
            *(float(row["score"]), float(row["max_score"]), int(row["total_attempts"])),
            *(
                (moment(row[at].removesuffix("Z")) or 0) // 1_000_000
                for at in ("first_attempt_date", "last_attempt_date")
            ),
        )
        for row in responses()
    }

    assert {(str(row[0]), str(row[1])): row[2:] for row in found} == theirs


def test_answer_distributions_are_theirs(one_day: Asked) -> None:
    """How many gave which answer last, and whether it was right; a reflection is neither right nor wrong to them."""
    found = one_day.rows(
        'SELECT part, answer, correct, sum(last) FROM "tables/answer" GROUP BY ALL HAVING sum(last) > 0'
    )
    theirs = Counter[Row]()
    for row in responses():
        words = "|".join(word.strip() for word in row["answer"].split("|"))
        theirs[(row["answer_id"], words, 1 if row["correct"] == "True" else 0)] += 1

    assert {(part, str(answer).strip("[]"), correct): n for part, answer, correct, n in found} == dict(theirs)


def test_engagement_is_theirs(ask: Ask) -> None:
    """Seventeen tables of days, weeks and the whole: every column that is about what learners did."""
    asked = ask("student_engagement_acceptance_tracking.log")
    happened = asked.rows(f"""
        SELECT courses.name, learners.name, t // {DAY}, kind, objects.name, flag FROM silver
        JOIN learners ON learners.id = learner JOIN courses ON courses.id = course
        LEFT JOIN objects ON objects.id = object ORDER BY t, seq
    """)  # noqa: S608 -- a number
    compared = 0
    for _, first, days, row in engagement():
        span = range((first - EPOCH).days, (first - EPOCH).days + days)
        mine = [
            (int(str(day)), Kind(int(str(kind))), thing, flag)
            for course, name, day, kind, thing, flag in happened
            if (course, name) == (row["Course ID"], row["Username"]) and int(str(day)) in span
        ]
        assert _engaged(mine) == {column: int(row[column]) for column in _COUNTED}, (first, days, row)
        active = {day for day, kind, _, _ in mine if kind in _ACTIVE}
        assert _last_lesson(mine) in row["URL of Last Subsection Viewed"], (first, days, row)
        assert len(active) == int(row.get("Was Active") or row.get("Days Active") or row["Days Active This Week"]), (
            first,
            days,
            row,
        )
        compared += 1

    assert compared == 62


_COUNTED = {
    "Unique Problems Attempted": (Kind.CHECK, True),
    "Total Problem Attempts": (Kind.CHECK, False),
    "Unique Videos Played": (Kind.PLAY, True),
    "Discussion Posts": (Kind.THREAD, False),
    "Discussion Responses": (Kind.RESPONSE, False),
    "Discussion Comments": (Kind.COMMENT, False),
    "Discussion Upvotes Given": (Kind.VOTE, False),
    "Textbook Pages Viewed": (Kind.BOOK, False),
    "Unique Problems Correct": (Kind.CHECK, True),
}
_ACTIVE = {Kind.CHECK, Kind.PLAY, Kind.THREAD, Kind.RESPONSE, Kind.COMMENT, Kind.BOOK, Kind.PAGE}


def _engaged(mine: list[tuple[int, Kind, object, object]]) -> dict[str, int]:
    said = {}
    for column, (counted, distinct) in _COUNTED.items():
        things = [thing for _, kind, thing, flag in mine if kind is counted and (flag == 1 or "Correct" not in column)]
        said[column] = len(set(things)) if distinct else len(things)
    return said


def _last_lesson(mine: list[tuple[int, Kind, object, object]]) -> str:
    lessons = [str(thing) for _, kind, thing, _ in mine if kind is Kind.PAGE and "sequential" in str(thing)]
    return lessons[-1].rpartition("@" if "@" in lessons[-1] else "/")[2] if lessons else ""


@pytest.mark.parametrize(
    ("learner", "views", "remark"),
    [
        ("dummy_username_1", [1, 2, 2, 1, 2], "1,2,2,1,2"),
        ("dummy_username_2", [1, 1], "(1,1,0,0,0)"),
        ("dummy_username_3", [0, 0, 0, 1, 1], "(0,0,0,1,1)"),
    ],
)
def test_video_timelines_are_as_their_log_says(tmp_path: Path, learner: str, views: list[int], remark: str) -> None:
    """The log's own remarks tell how often each five seconds were watched, learner by learner."""
    lines = (INPUT / "video_timeline.log").read_text().splitlines()
    assert any(remark in line for line in lines if line.startswith("#"))
    log = tmp_path / "one.log"
    log.write_text("".join(line + "\n" for line in lines if f'"{learner}"' in line))

    asked = Asked(tmp_path / "warehouse", [log])
    found = asked.rows("""
        SELECT segment, views FROM "tables/video_segment" WHERE video LIKE '%3cb54a11efae4ccc8a0aade24d14b255'
        ORDER BY segment
    """)

    assert found == list(enumerate(views))


def test_links_that_were_clicked_are_theirs_once_each_line_has_its_own_moment(tmp_path: Path) -> None:
    """Their test repeats lines and counts each; here a line that comes twice is one event."""
    log = tmp_path / "links.log"
    lines = (INPUT / "lms_courseware_link_clicked_acceptance_tracking.log").read_text().splitlines()
    told = [json.loads(line) for line in lines]
    for number, event in enumerate(told):
        event["time"] = event["time"][:19] + f".{number:06d}+00:00"
    log.write_text("".join(json.dumps(event) + "\n" for event in told))

    ours = Asked(tmp_path / "warehouse", [log]).rows(f"""
        SELECT courses.name, t // {DAY}, count(*) FILTER (objects.name LIKE 'http://external%'), count(*)
        FROM silver JOIN courses ON courses.id = course JOIN objects ON objects.id = object
        WHERE kind = {int(Kind.LINK)} GROUP BY ALL
    """)  # noqa: S608 -- numbers of this file

    theirs = {
        (
            *(row["course_id"], (date.fromisoformat(row["event_date"]) - EPOCH).days),
            *(int(row["external_link_clicked_events"]), int(row["link_clicked_events"])),
        )
        for row in answers("acceptance_expected_lms_courseware_link_clicked_events.csv")
    }
    assert set(ours) == theirs


def test_credentials_are_theirs(ask: Ask) -> None:
    asked = ask("load_certificates_generatedcertificate.sql")

    ours = asked.rows("""
        SELECT user_id, course_id, certified, s.mode, p.grade FROM "tables/person_course" p
        JOIN "statements/certificates" s USING (course, learner) ORDER BY 1
    """)

    assert ours == [
        (
            *(int(row["user_id"]), row["course_id"], row["is_certified"] == "1"),
            *(row["certificate_mode"], float(row["final_grade"])),
        )
        for row in answers("acceptance_expected_d_user_course_certificate.csv")
    ]
