"""person_course: one row a registration."""

import ibis
import ibis.expr.types as ir

from stoa.insights.engine.metrics.expressions.acts import PAIR, shaped
from stoa.insights.engine.metrics.expressions.beside import Tables
from stoa.insights.engine.metrics.expressions.registrations import keys, side_by_side
from stoa.insights.engine.schema import PERSON_COURSE
from stoa.insights.rules.bands import BANDS, EDUCATION_GROUPS, OLDEST

FILE = {"course": "INTEGER", "learner": "INTEGER", **PERSON_COURSE}
ORDER = ("course", "learner")
#: Columns that come from the registration itself; all others are derived from these and from the course.
_COUNTS = (
    *("nevents", "nvideo", "nplay_video", "npause", "nseek", "ntranscript", "nproblem_check", "nshow_answer"),
    *("nprogcheck", "nseq_goto", "nforum_events", "nproblems_attempted", "nproblems_correct"),
    *("nattempts_correct", "nforum_endorsed", "ndays_act", "streak", "nchapters", "nsessions", "sum_dt_5"),
    *("sum_dt_30", "n_dt", "time_video_5", "time_video_30", "time_problem_5", "time_problem_30"),
    *("time_forum_5", "time_forum_30", "time_text_5", "time_text_30"),
)
DERIVED = (
    "course_id",
    "org",
    "run",
    "area",
    "username",
    "user_id",
    "status",
    "age",
    "age_band",
    "education_group",
    "roles",
)
OWN = tuple(name for name in PERSON_COURSE if name not in DERIVED)
OWN_COLUMNS = {"course": "INTEGER", "learner": "INTEGER", **{name: PERSON_COURSE[name] for name in OWN}}
_FALSE = ibis.literal(value=False)


def person_course(tables: Tables) -> ir.Table:
    """All registrations: those of the log, and those that came as finished rows where the log has none."""
    ours = from_log(tables)
    imported = tables["state/imported"].anti_join(keys(tables), list(PAIR))
    both = shaped(ours, OWN_COLUMNS).union(shaped(imported, OWN_COLUMNS))
    return _derived(both, tables).select(*FILE)


def from_log(tables: Tables) -> ir.Table:
    """Registrations with the columns that are their own."""
    row = side_by_side(tables)
    row = row.left_join(tables["state/courses"].select("course", "pass_mark", "chapters_released"), "course")
    row = row.drop("course_right") if "course_right" in row.columns else row
    count = {name: row[name].fill_null(0).cast("int64") for name in _COUNTS}
    threads = ibis.greatest(row.nthread.fill_null(0), row.told_threads.fill_null(0))
    comments = ibis.greatest(row.nresponse.fill_null(0), row.told_comments.fill_null(0))
    certified = row.issued.fill_null(_FALSE)
    grade = ibis.coalesce(row.certificate_grade, row.percent)
    chapters = row.chapters_released.fill_null(0)
    viewed = row.ncourseware.fill_null(0) > 0
    passed = row.passed.fill_null(_FALSE) | (grade >= row.pass_mark).fill_null(_FALSE)
    country = ibis.coalesce(row.ip_country, row.profile_country)
    own = {
        **count,
        "registered": ibis.literal(value=True),
        "viewed": viewed,
        "explored": (chapters > 0) & (count["nchapters"] * 2 >= chapters),
        "explored_hx": viewed & (chapters > 0) & (count["nchapters"] >= (chapters // 2)),
        "certified": certified,
        "completed": certified | passed,
        "verified": row.nverified.fill_null(0) > 0,
        "mode": row["mode"],
        "is_active": row.is_active.fill_null(ibis.literal(value=True)),
        "intent": row.intent,
        "grade": grade,
        "start_time": ibis.coalesce(row.start_time, row.first_event),
        "first_event": row.first_event,
        "last_event": row.last_event,
        "cert_time": row.cert_time,
        "nproblem_check_hx": count["nproblem_check"] + row.nbrowser_check.fill_null(0),
        "nforum_posts": threads + comments,
        "nforum_threads": threads,
        "nforum_comments": comments,
        "nforum_votes": row.nvote.fill_null(0),
        **_gaps(row),
        "country": country,
        "country_from": ibis.cases((row.ip_country.notnull(), "ip"), (country.notnull(), "profile")),
        "gender": _one_of(row.gender, ("f", "m", "o")),
        "education": row.education,
        "year_of_birth": row.born.re_search("^[0-9]{4}$").ifelse(row.born, None).cast("int32"),
        **{name: row[name] for name in ("language", "teacher", "teaches_area", "exit_reason", "satisfied")},
    }
    return row.select(*PAIR, **{name: own[name] for name in OWN})


def _gaps(row: ir.Table) -> dict[str, ir.Value]:
    """Mean, spread and longest of the gaps up to five minutes, in seconds; from whole numbers, with one division."""
    some = row.n_dt.fill_null(0) > 0
    n = some.ifelse(row.n_dt, None).cast("float64")
    mean = row.sum_ms.cast("float64") / n
    spread = row.sum_squared_ms.cast("float64") / n - mean * mean
    return {
        "avg_dt": row.sum_dt_5.cast("float64") / (n * 1_000_000.0),
        "sdv_dt": some.ifelse(ibis.greatest(spread, 0.0).sqrt() / 1000.0, None),
        "max_dt": some.ifelse(row.longest_dt, None).cast("float64") / 1_000_000.0,
    }


def _derived(row: ir.Table, tables: Tables) -> ir.Table:
    courses = tables["state/courses"].select("course", "course_id", "org", "run", "area")
    learners = tables["dictionaries/learners"]
    # Who was known by number only has a row more, whose name, "#" and the number, comes before all others.
    learners = learners.group_by(learner="id").aggregate(
        username=learners["name"].max(), user_id=learners["user_id"].max()
    )
    team = tables["state/team"]
    told = row.left_join(courses, "course").drop("course_right")
    told = told.left_join(learners, "learner").drop("learner_right")
    told = told.left_join(team, list(PAIR)).drop("course_right", "learner_right")
    started = (told.start_time // 1_000_000).as_timestamp("s").year()
    years = (started - told.year_of_birth).cast("int32")
    told = told.mutate(age=years.between(0, OLDEST).ifelse(years, None))
    return told.mutate(
        status=ibis.cases(
            (told.certified.fill_null(_FALSE), "certified"),
            (told.explored.fill_null(_FALSE), "explored"),
            (told.viewed.fill_null(_FALSE), "viewed"),
            else_="registered",
        ),
        age_band=ibis.cases(*[(told.age >= youngest, band) for youngest, band in reversed(BANDS)]),
        education_group=ibis.cases(*[(told.education == code, group) for code, group in EDUCATION_GROUPS.items()]),
    )


def _one_of(value: ir.StringColumn, known: tuple[str, ...]) -> ir.Value:
    return value.isin(known).ifelse(value, None)
