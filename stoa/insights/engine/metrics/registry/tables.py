"""The one registry: every table that is built, what its rows are about, and its columns."""

from collections.abc import Mapping
from typing import Final

from stoa.insights.engine.metrics.registry import course, items, networks, people, steps
from stoa.insights.engine.metrics.registry.metric import Metric

#: What a row of each table is about.
A_ROW: Final[Mapping[str, str]] = {
    "person_course": "a registration; of the team's too, which say so in roles",
    "person_course_day": "a registration and a day with an act",
    "course": "a course run",
    "course_day": "a course run and a day on which anything happened",
    "day": "a day of the whole site on which anything happened",
    "step": "a block or page of a course run, described or visited",
    "attrition": "a course run, group of participants and week",
    "pace": "a course run and week",
    "course_week": "a course run and a week since its start that is over",
    "video": "a MOOC video of a course run",
    "video_segment": "five seconds of a MOOC video that anyone watched",
    "problem": "a problem of a course run that anyone answered or was shown the answer of",
    "answer": "an answer to a part of a problem",
    "reliability": "a course run with problems",
    "item_response": "a problem of a course run that anyone answered",
    "rerun": "two runs of a course, or two modules, one after the other",
    "network": "two courses that anyone took one after the other",
    "area_network": "two areas taken one after the other",
    "area_balance": "an area that anyone took part in",
    "area": "an area",
    "person": "a learner",
    "teachers": "an area",
    "typical": "a column of the table course that is a number",
}
TABLES: Final[Mapping[str, tuple[Metric, ...]]] = {
    "person_course": people.PERSON_COURSE,
    "person_course_day": steps.PERSON_COURSE_DAY,
    "course": course.COURSE,
    "course_day": steps.COURSE_DAY,
    "day": steps.DAY,
    "step": steps.STEP,
    "attrition": steps.ATTRITION,
    "pace": steps.PACE,
    "course_week": steps.COURSE_WEEK,
    "video": items.VIDEO,
    "video_segment": items.VIDEO_SEGMENT,
    "problem": items.PROBLEM,
    "answer": items.ANSWER,
    "reliability": items.RELIABILITY,
    "item_response": items.ITEM_RESPONSE,
    "rerun": networks.RERUN,
    "network": networks.NETWORK,
    "area_network": networks.AREA_NETWORK,
    "area_balance": networks.AREA_BALANCE,
    "area": networks.AREA,
    "person": networks.PERSON,
    "teachers": networks.TEACHERS,
    "typical": networks.TYPICAL,
}
