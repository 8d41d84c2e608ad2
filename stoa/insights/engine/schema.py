"""What lies in a warehouse: parts, columns, types. Every reader and writer takes names from here.

Types are DuckDB's and Parquet's. Times `t` are microseconds since 1970 in UTC. Ids are numbers of a dictionary.
"""

from collections.abc import Mapping
from typing import Final

Columns = Mapping[str, str]

#: Dictionaries, append-only: a name has its number for ever, given in the order of first appearance from 0.
DICTIONARIES: Final[Mapping[str, Columns]] = {
    "dictionaries/courses": {"id": "INTEGER", "name": "VARCHAR"},
    # `name` is the username; `user_id` is NULL until an event tells it.
    "dictionaries/learners": {"id": "INTEGER", "name": "VARCHAR", "user_id": "BIGINT"},
    "dictionaries/objects": {"id": "INTEGER", "name": "VARCHAR"},
    "dictionaries/ips": {"id": "INTEGER", "name": "VARCHAR"},
}

#: What metrics need of an event; -1 means none (no course, unknown learner, no object).
#: Sorted by course, learner, t, seq.
SILVER: Final[Columns] = {
    "course": "INTEGER",
    "learner": "INTEGER",
    "t": "BIGINT",
    "seq": "BIGINT",  # the order in which events came in: breaks ties of t
    "kind": "UTINYINT",  # engine.kinds.Kind
    "object": "INTEGER",
    "chapter": "INTEGER",  # the chapter (module) that the object lies in, a number of dictionaries/objects
    "a": "INTEGER",
    "b": "INTEGER",
    "flag": "TINYINT",  # 1 yes, 0 no, -1 not said
    "ip": "INTEGER",
}

#: Every field of every event, by course and month. `event` is the payload as JSON text.
BRONZE: Final[Columns] = {
    "seq": "BIGINT",
    "event_id": "VARCHAR",  # where the line names one; no two rows share it, nor are two rows equal in all fields
    "time": "TIMESTAMP",
    "username": "VARCHAR",
    "user_id": "BIGINT",
    "course_id": "VARCHAR",
    "org_id": "VARCHAR",
    "event_type": "VARCHAR",
    "name": "VARCHAR",
    "event_source": "VARCHAR",
    "page": "VARCHAR",
    "path": "VARCHAR",
    "ip": "VARCHAR",
    "session": "VARCHAR",
    "agent": "VARCHAR",
    "host": "VARCHAR",
    "referer": "VARCHAR",
    "accept_language": "VARCHAR",
    "event": "VARCHAR",
    "rest": "VARCHAR",  # every other field of the line and of its context, as JSON text
}

#: What was said about courses and learners. Of statements about one thing that with the highest (t, seq) counts.
STATEMENTS: Final[Mapping[str, Columns]] = {
    "statements/enrolments": {"course": "INTEGER", "learner": "INTEGER", "active": "BOOLEAN", "mode": "VARCHAR"},
    # field: gender, level_of_education, year_of_birth, country, language, teacher, subject_taught, status, motive,
    # erased
    "statements/profiles": {"learner": "INTEGER", "field": "VARCHAR", "value": "VARCHAR"},
    "statements/certificates": {
        "course": "INTEGER",
        "learner": "INTEGER",
        "status": "VARCHAR",
        "mode": "VARCHAR",
        "grade": "DOUBLE",
    },
    "statements/grades": {"course": "INTEGER", "learner": "INTEGER", "percent": "DOUBLE", "passed": "BOOLEAN"},
    # survey: enrolment, exit, teacher, helpful; question: intent, reason, satisfied, …; course -1: about no course
    # That somebody was asked at all is the answer "yes" to the question "asked".
    "statements/surveys": {
        "course": "INTEGER",
        "learner": "INTEGER",
        "survey": "VARCHAR",
        "question": "VARCHAR",
        "answer": "VARCHAR",
    },
    "statements/roles": {"course": "INTEGER", "learner": "INTEGER", "role": "VARCHAR", "active": "BOOLEAN"},
    # field: org, org_name, number, run, title, area, start, end, language, weeks, hours_a_week, pass_mark, self_paced,
    # previous_run
    "statements/courses": {"course": "INTEGER", "field": "VARCHAR", "value": "VARCHAR"},
    # A course's blocks; a later description of the course (higher t) replaces the earlier one as a whole.
    "statements/blocks": {
        "course": "INTEGER",
        "object": "INTEGER",
        "kind": "VARCHAR",  # chapter, sequential, vertical, video, problem, html, …
        "parent": "INTEGER",
        "chapter": "INTEGER",
        "position": "INTEGER",  # in the order of reading, from 0
        "title": "VARCHAR",
        "minutes": "DOUBLE",
        "duration_ms": "INTEGER",
        "released": "BIGINT",  # t, NULL where it always was
        "scored": "BOOLEAN",
    },
    # What was answered to a part of a problem and checked by the server; `choice` is what was sent for it. correct: 1,
    # 0, NULL not told.
    "statements/answers": {
        "course": "INTEGER",
        "learner": "INTEGER",
        "object": "INTEGER",
        "part": "VARCHAR",
        "answer": "VARCHAR",
        "choice": "VARCHAR",
        "variant": "VARCHAR",
        "question": "VARCHAR",
        "correct": "TINYINT",
    },
    "statements/forum": {
        "course": "INTEGER",
        "learner": "INTEGER",
        "what": "VARCHAR",
        "post": "VARCHAR",
        "thread": "VARCHAR",
        "votes": "INTEGER",
        "endorsed": "BOOLEAN",
    },
    # Registrations that came as finished rows of a person-course table: they have no events. `row` is JSON, its keys
    # are columns of person_course.
    "statements/imported": {"course": "INTEGER", "learner": "INTEGER", "row": "VARCHAR"},
}

QUARANTINE: Final[Columns] = {"file": "VARCHAR", "start": "BIGINT", "reason": "VARCHAR", "line": "VARCHAR"}

#: Tables that `build` makes; more stand in engine.metrics. One row a registration (course and learner).
PERSON_COURSE: Final[Columns] = {
    "course_id": "VARCHAR",
    "org": "VARCHAR",
    "run": "VARCHAR",
    "area": "VARCHAR",
    "username": "VARCHAR",
    "user_id": "BIGINT",
    "registered": "BOOLEAN",
    "viewed": "BOOLEAN",
    "explored": "BOOLEAN",
    "explored_hx": "BOOLEAN",
    "certified": "BOOLEAN",
    "completed": "BOOLEAN",
    "verified": "BOOLEAN",
    "status": "VARCHAR",  # certified, explored, viewed, registered
    "mode": "VARCHAR",
    "is_active": "BOOLEAN",
    "intent": "VARCHAR",  # certificate, some, browse, unsure, …; NULL not said
    "grade": "DOUBLE",  # 0 to 1
    "start_time": "BIGINT",
    "first_event": "BIGINT",
    "last_event": "BIGINT",
    "cert_time": "BIGINT",
    "nevents": "BIGINT",
    "ndays_act": "INTEGER",
    "streak": "INTEGER",
    "nchapters": "INTEGER",
    "nplay_video": "BIGINT",
    "nvideo": "BIGINT",
    "npause": "BIGINT",
    "nseek": "BIGINT",
    "ntranscript": "BIGINT",
    "nproblem_check": "BIGINT",
    "nproblem_check_hx": "BIGINT",
    "nshow_answer": "BIGINT",
    "nprogcheck": "BIGINT",
    "nseq_goto": "BIGINT",
    "nforum_events": "BIGINT",
    "nproblems_attempted": "INTEGER",
    "nproblems_correct": "INTEGER",
    "nattempts_correct": "BIGINT",
    "nforum_posts": "BIGINT",
    "nforum_threads": "BIGINT",
    "nforum_comments": "BIGINT",
    "nforum_votes": "BIGINT",
    "nforum_endorsed": "BIGINT",
    "nsessions": "BIGINT",
    "sum_dt_5": "BIGINT",  # microseconds
    "sum_dt_30": "BIGINT",
    "n_dt": "BIGINT",
    "avg_dt": "DOUBLE",  # s
    "sdv_dt": "DOUBLE",
    "max_dt": "DOUBLE",
    "time_video_5": "BIGINT",  # microseconds
    "time_video_30": "BIGINT",
    "time_problem_5": "BIGINT",
    "time_problem_30": "BIGINT",
    "time_forum_5": "BIGINT",
    "time_forum_30": "BIGINT",
    "time_text_5": "BIGINT",
    "time_text_30": "BIGINT",
    "country": "VARCHAR",  # ISO 3166 alpha-2; NULL unknown
    "country_from": "VARCHAR",  # ip, profile; NULL unknown
    "gender": "VARCHAR",  # f, m, o; NULL not said
    "education": "VARCHAR",  # edX codes: p, m, b, a, hs, jhs, el, none, other; NULL not said
    "education_group": "VARCHAR",  # school, associate, bachelor, master, doctorate
    "year_of_birth": "INTEGER",
    "age": "INTEGER",  # at registration; NULL outside 0 to 110
    "age_band": "VARCHAR",  # rules.bands
    "language": "VARCHAR",
    "teacher": "VARCHAR",  # now, was, never; NULL not said
    "teaches_area": "VARCHAR",
    "exit_reason": "VARCHAR",
    "satisfied": "VARCHAR",
    "roles": "VARCHAR",  # staff, beta, …: rows of the team are kept here and left out of all other tables
}


def statement(part: str) -> Columns:
    """The columns of a part of statements, with the time and the order of each."""
    return {**STATEMENTS[part], "t": "BIGINT", "seq": "BIGINT"}
