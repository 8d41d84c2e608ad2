"""Columns of person_course: one row a registration."""

from collections.abc import Mapping
from typing import Final

from stoa.insights.engine.metrics.registry.metric import (
    COURSE,
    COURSE_ID,
    EVENTS,
    FORUM,
    LEARNER,
    PROFILES,
    STATEMENTS,
    STRUCTURE,
    SURVEYS,
    Metric,
    amount,
    count,
    moment,
    number,
    word,
    yes,
)

#: Counts of acts of one registration: column → what is counted.
_ACTS: Final[Mapping[str, str]] = {
    "nplay_video": "Times a MOOC video was set playing.",
    "nvideo": "Acts with a MOOC video.",
    "npause": "Times a MOOC video was paused.",
    "nseek": "Jumps within a MOOC video.",
    "ntranscript": "Times a transcript was shown.",
    "nproblem_check": "Answers that the server checked.",
    "nproblem_check_hx": "The same with checks that browsers told, as HarvardX counts.",
    "nshow_answer": "Times the server showed an answer.",
    "nprogcheck": "Visits of the progress page.",
    "nseq_goto": "Jumps to a step of a lesson.",
    "nforum_events": "Acts in the peer forum.",
}
_CLASSES: Final[Mapping[str, str]] = {
    "video": "with a MOOC video",
    "problem": "with a problem",
    "forum": "in the peer forum",
    "text": "on a page",
}


def _spent(name: str, limit: int, after: str = "") -> Metric:
    return count(
        name,
        f"Time on task: gaps between two acts{after}, those up to {limit} minutes; longer ones are dropped.",
        unit="microseconds",
    )


_IDENTITY = (
    COURSE,
    LEARNER,
    COURSE_ID,
    word("org", "The organisation.", source=STRUCTURE),
    word("run", "The run.", source=STRUCTURE),
    word("area", "The course's subject area.", source=STRUCTURE),
    word("username", "Who.", source=EVENTS),
    number("user_id", "The learner's number where the log comes from.", kind="BIGINT", source=EVENTS),
)
_PROGRESS = (
    yes("registered", "An enrolment, an act, a score or a credential is known.", source=STATEMENTS),
    yes("viewed", "Participant: at least one act of courseware."),
    yes("explored", "Opened at least half of the chapters that were released, rounded up."),
    yes("explored_hx", "The same rounded down, as HarvardX counts."),
    yes("certified", "A credential was issued and is not revoked.", source=STATEMENTS),
    yes("completed", "Certified, or scored at least the pass mark.", source=STATEMENTS),
    yes("verified", "Ever in a verified mode before the course's end.", source=STATEMENTS),
    word("status", "How far: certified, else explored, else viewed, else registered."),
    word("mode", "The last mode of the enrolment.", source=STATEMENTS),
    yes("is_active", "The enrolment stands; yes where nobody said so.", source=STATEMENTS),
    word("intent", "The answer at enrolment to what they came for.", source=SURVEYS),
    amount("grade", "Score of the credential, else of the course.", unit="0 to 1", source=STATEMENTS),
    moment("start_time", "The first activation of the enrolment, else the first act.", source=STATEMENTS),
    moment("first_event", "The first act."),
    moment("last_event", "The last act."),
    moment("cert_time", "When the credential was first issued; of the certified only.", source=STATEMENTS),
)
_ACTIVITY = (
    count("nevents", "Acts: events of a known learner that are neither plumbing nor statements.", unit="acts"),
    number("ndays_act", "Days (UTC) with an act.", unit="days", source=EVENTS),
    number("streak", "The longest run of such days.", unit="days", source=EVENTS),
    number("nchapters", "Chapters opened.", unit="chapters", source=EVENTS),
    *(count(name, said, unit="acts") for name, said in _ACTS.items()),
    number("nproblems_attempted", "Problems with an answer that the server checked.", unit="problems", source=EVENTS),
    number("nproblems_correct", "Problems with a right answer.", unit="problems", source=EVENTS),
    count("nattempts_correct", "Right answers.", unit="answers"),
    count("nforum_posts", "Threads, responses and comments written.", unit="posts", source=FORUM),
    count("nforum_threads", "Threads begun.", unit="posts", source=FORUM),
    count("nforum_comments", "Responses and comments written.", unit="posts", source=FORUM),
    count("nforum_votes", "Votes given.", unit="acts", source=FORUM),
    count("nforum_endorsed", "Posts of theirs that were endorsed.", unit="posts", source=FORUM),
)
_TIME = (
    count("nsessions", "Stretches without a gap over 30 minutes.", unit="sessions"),
    _spent("sum_dt_5", 5),
    _spent("sum_dt_30", 30),
    count("n_dt", "Gaps up to 5 minutes.", unit="gaps"),
    amount("avg_dt", "Mean of these gaps.", unit="seconds"),
    amount("sdv_dt", "Their standard deviation, from gaps in whole milliseconds.", unit="seconds"),
    amount("max_dt", "The longest of them.", unit="seconds"),
    *(
        _spent(f"time_{name}_{limit}", limit, f", the earlier one {where}")
        for name, where in _CLASSES.items()
        for limit in (5, 30)
    ),
)
_WHO = (
    word("country", "Country of the address that most acts came from, else of the profile; an estimate. ISO 3166.",
         source=EVENTS),
    word("country_from", "Where the country comes from: ip or profile.", source=EVENTS),
    word("gender", "f, m or o.", source=PROFILES),
    word("education", "Level of education: p, m, b, a, hs, jhs, el, none, other.", source=PROFILES),
    word("education_group", "school, associate, bachelor, master or doctorate.", source=PROFILES),
    number("year_of_birth", "Year of birth.", unit="year", source=PROFILES),
    number("age", "Age in the year of registration, 0 to 110.", unit="years", source=PROFILES),
    word("age_band", "The band of ages that it lies in.", source=PROFILES),
    word("language", "Language.", source=PROFILES),
    word("teacher", "Teaches now, was a teacher, or never.", source=PROFILES),
    word("teaches_area", "The subject area that they teach.", source=PROFILES),
    word("exit_reason", "The answer to why they left.", source=SURVEYS),
    word("satisfied", "The answer to whether they got what they came for.", source=SURVEYS),
    word("roles", "Roles in the course's team; such rows are left out of all other tables.", source=STATEMENTS),
)  # fmt: skip
PERSON_COURSE = (*_IDENTITY, *_PROGRESS, *_ACTIVITY, *_TIME, *_WHO)
