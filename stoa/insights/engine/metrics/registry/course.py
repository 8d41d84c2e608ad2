"""Columns of course: one row a run, every rate beside the two counts that it is the quotient of."""

from collections.abc import Mapping
from typing import Final

from stoa.insights.engine.metrics.registry.metric import (
    COURSE as NUMBER,
)
from stoa.insights.engine.metrics.registry.metric import (
    COURSE_ID,
    PROFILES,
    STATEMENTS,
    STRUCTURE,
    SURVEYS,
    Metric,
    amount,
    count,
    moment,
    number,
    share,
    word,
)

_STATUSES: Final[Mapping[str, str]] = {
    "certified": "the certified",
    "explored": "those who explored it and no more",
    "viewed": "those who viewed it and no more",
    "registered": "those who only registered",
}
_QUARTILES: Final[Mapping[str, str]] = {"q1": "Lower quartile", "median": "Median", "q3": "Upper quartile"}


def _hours() -> tuple[Metric, ...]:
    told = [
        amount(f"hours_{status}_{name}", f"{words} of the hours of {whose}, gaps up to 30 minutes.", unit="hours")
        for status, whose in _STATUSES.items()
        for name, words in _QUARTILES.items()
    ]
    sizes = [count(f"hours_{status}_n", f"Of how many: {whose}.") for status, whose in _STATUSES.items()]
    return (*told, *sizes)


_ABOUT = (
    NUMBER,
    COURSE_ID,
    word("org", "The organisation.", source=STRUCTURE),
    word("org_name", "The organisation's name, where it is told.", source=STRUCTURE),
    word("number", "The course's number.", source=STRUCTURE),
    word("run", "The run.", source=STRUCTURE),
    word("title", "The course's title.", source=STRUCTURE),
    word("area", "Its subject area.", source=STRUCTURE),
    word("language", "Its language.", source=STRUCTURE),
    moment("start", "When it starts.", source=STRUCTURE),
    moment("end", "When it ends.", source=STRUCTURE),
    number("weeks", "How long it takes.", unit="weeks"),
    number("hours_a_week", "What it says that a week takes.", kind="DOUBLE", unit="hours"),
    word("previous_run", "The run before it, where it names one.", source=STRUCTURE),
    number("chapters_released", "Chapters released by the log's last event; those seen, where it is not described.",
           unit="chapters"),
)  # fmt: skip
_COUNTS = (
    count("registered", "Registrations.", source=STATEMENTS),
    count("participants", "Registrations with an act of courseware."),
    count("explored", "Those who opened at least half of the chapters."),
    count("certified", "Credentials issued and not revoked.", source=STATEMENTS),
    count("completed", "The certified, and those who scored at least the pass mark.", source=STATEMENTS),
    count("verified", "Those ever in a verified mode before the end.", source=STATEMENTS),
    count("explored_certified", "The certified among those who explored."),
    count("verified_certified", "The certified among the verified.", source=STATEMENTS),
    count("intenders", "Those who said at enrolment that they want the credential.", source=SURVEYS),
    count("intenders_certified", "The certified among these.", source=SURVEYS),
    count("nevents", "Acts.", unit="acts"),
    count("spent", "Gaps between acts up to 30 minutes.", unit="microseconds"),
    count("gender_said", "Those whose gender is known.", source=PROFILES),
    count("female", "The female ones.", source=PROFILES),
    count("education_said", "Those whose education is known.", source=PROFILES),
    count("bachelor_or_more", "Those with a bachelor's degree or more.", source=PROFILES),
    count("age_said", "Those whose age is known.", source=PROFILES),
    count("country_known", "Those whose country is known."),
    count("teacher_said", "Those who said whether they teach.", source=PROFILES),
    count("teachers", "Those who teach or taught.", source=PROFILES),
    count("teachers_of_area", "Those of them whose subject is the course's area.", source=PROFILES),
    count("certificates_timed", "The certified whose time from first act to credential is known."),
    count("certified_under_23_min", "Those of them who took under 23 minutes."),
    count("participants_for_1_week", "Participants whose first act lies at least a week back."),
    count("left_in_week_1", "Those of them who left within their first week without what they came for."),
    count("participants_for_2_weeks", "Participants whose first act lies at least two weeks back."),
    count("left_in_week_2", "Those of them who left in their second week without what they came for."),
    amount("hours", "Gaps between acts up to 30 minutes.", unit="hours"),
)
_RATES = (
    share("certified_of_registered", "Certification of all.", of="registered"),
    share("certified_of_participants", "Certification of participants.", of="participants"),
    share("certified_of_explored", "Certification of those who explored.", of="explored"),
    share("certified_of_verified", "Certification of the verified.", of="verified"),
    share("certified_of_intenders", "Certification of those who wanted it.", of="intenders", source=SURVEYS),
    share("female_of_said", "Female.", of="gender_said", source=PROFILES),
    share("bachelor_or_more_of_said", "A bachelor's degree or more.", of="education_said", source=PROFILES),
    share("teachers_of_said", "Teach or taught.", of="teacher_said", source=PROFILES),
    share("same_area_of_teachers", "Learn what they teach.", of="teachers", source=PROFILES),
    share("under_23_min_of_timed", "Credentials within 23 minutes.", of="certificates_timed"),
    share("left_in_week_1_of_participants", "Attrition in the first week.", of="participants_for_1_week"),
    share("left_in_week_2_of_participants", "Attrition in the second week.", of="participants_for_2_weeks"),
)
_TIMES = (
    amount("minutes_to_certificate_p1", "First percentile of the time from first act to credential.", unit="minutes"),
    amount("minutes_to_certificate_median", "Its median.", unit="minutes"),
    amount("minutes_spent_certified_p1", "First percentile of the time that the certified spent.", unit="minutes"),
    amount("age_median", "Median age.", unit="years", source=PROFILES),
)
COURSE = (*_ABOUT, *_COUNTS, *_RATES, *_hours(), *_TIMES)
