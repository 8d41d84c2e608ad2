"""What builds keep between themselves: states of registrations, exact and mergeable. Nobody else reads them.

All are keyed by course and learner, numbers of the dictionaries, and sorted by their keys.
"""

from collections.abc import Mapping
from typing import Final

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.schema import Columns

#: Gaps up to five and thirty minutes count as time; longer ones are dropped, not cut. The longer ends a session.
GAP_5: Final = 300_000_000
GAP_30: Final = 1_800_000_000
DAY: Final = 86_400_000_000

#: Counted per registration: column → the kinds that it counts.
COUNTED: Final[Mapping[str, tuple[Kind, ...]]] = {
    "nplay_video": (Kind.PLAY,),
    "npause": (Kind.PAUSE,),
    "nseek": (Kind.SEEK,),
    "ntranscript": (Kind.TRANSCRIPT_SHOWN,),
    "nproblem_check": (Kind.CHECK,),
    "nbrowser_check": (Kind.CHECK_BROWSER,),
    "nshow_answer": (Kind.ANSWER_SHOWN,),
    "nprogcheck": (Kind.PROGRESS,),
    "nseq_goto": (Kind.SEQUENCE_GOTO,),
    "nthread": (Kind.THREAD,),
    "nresponse": (Kind.RESPONSE, Kind.COMMENT),
    "nvote": (Kind.VOTE,),
}

#: Counted per registration and object.
TOUCHED: Final[Mapping[str, Kind]] = {
    "plays": Kind.PLAY,
    "pauses": Kind.PAUSE,
    "seeks": Kind.SEEK,
    "failures": Kind.MEDIA_FAILED,
    "shown": Kind.ANSWER_SHOWN,
}

#: Classes of acts; the time between two acts belongs to the class of the earlier one.
OTHER, IN_VIDEO, IN_PROBLEM, IN_FORUM, IN_TEXT = range(5)
CLASSES: Final[Mapping[str, int]] = {"video": IN_VIDEO, "problem": IN_PROBLEM, "forum": IN_FORUM, "text": IN_TEXT}

PAIRS: Final[Columns] = {
    "course": "INTEGER",
    "learner": "INTEGER",
    "nevents": "BIGINT",
    "ncourseware": "BIGINT",
    "nvideo": "BIGINT",
    "nforum_events": "BIGINT",
    **dict.fromkeys(COUNTED, "BIGINT"),
    "first_event": "BIGINT",
    "first_seq": "BIGINT",
    "last_event": "BIGINT",
    "last_seq": "BIGINT",
    "last_class": "TINYINT",
    "nsessions": "BIGINT",
    "sum_dt_5": "BIGINT",
    "sum_dt_30": "BIGINT",
    "n_dt": "BIGINT",
    "sum_ms": "BIGINT",
    "sum_squared_ms": "BIGINT",
    "longest_dt": "BIGINT",
    **{f"time_{name}_{limit}": "BIGINT" for name in CLASSES for limit in (5, 30)},
}

STATES: Final[Mapping[str, Columns]] = {
    "state/pairs": PAIRS,
    # What a learner did in a course on a day (UTC, days since 1970); a gap belongs to the day of its later act.
    "state/days": {
        "course": "INTEGER",
        "learner": "INTEGER",
        "day": "INTEGER",
        "nevents": "BIGINT",
        "nvideo": "BIGINT",
        "nplay_video": "BIGINT",
        "nproblem_check": "BIGINT",
        "nforum_events": "BIGINT",
        "sum_dt_5": "BIGINT",
        "sum_dt_30": "BIGINT",
    },
    # Checks of a problem by the server. `first_correct`: of the first; `needed`: how many up to the first success, 0
    # where there was none.
    "state/tries": {
        "course": "INTEGER",
        "learner": "INTEGER",
        "object": "INTEGER",
        "attempts": "BIGINT",
        "correct": "BIGINT",
        "first_correct": "TINYINT",
        "needed": "BIGINT",
    },
    # Blocks and pages that acts of courseware were about. `last` is when the last of these was.
    "state/objects": {
        "course": "INTEGER",
        "learner": "INTEGER",
        "object": "INTEGER",
        "n": "BIGINT",
        "last": "BIGINT",
        **dict.fromkeys(TOUCHED, "BIGINT"),
    },
    # Chapters opened, addresses acted from: how many acts.
    "state/chapters": {"course": "INTEGER", "learner": "INTEGER", "chapter": "INTEGER", "n": "BIGINT"},
    "state/ips": {"course": "INTEGER", "learner": "INTEGER", "ip": "INTEGER", "n": "BIGINT"},
}

#: What is known of a course, made from statements; one row a course.
COURSE_FACTS: Final[Columns] = {
    "course": "INTEGER",
    "course_id": "VARCHAR",
    "org": "VARCHAR",
    "org_name": "VARCHAR",
    "number": "VARCHAR",
    "run": "VARCHAR",
    "title": "VARCHAR",
    "area": "VARCHAR",
    "language": "VARCHAR",
    "start": "BIGINT",
    "end": "BIGINT",
    "weeks": "INTEGER",
    "hours_a_week": "DOUBLE",
    "pass_mark": "DOUBLE",
    "previous_run": "VARCHAR",
    "chapters_released": "INTEGER",
}
#: People of a course's team: their own acts count nowhere but in their own rows.
TEAM: Final[Columns] = {"course": "INTEGER", "learner": "INTEGER", "roles": "VARCHAR"}
COUNTRIES: Final[Columns] = {"ip": "INTEGER", "country": "VARCHAR"}

#: Small tables made before all others.
PREPARED: Final[Mapping[str, Columns]] = {
    "state/courses": COURSE_FACTS,
    "state/team": TEAM,
    "state/countries": COUNTRIES,
}
