"""The columns of each table, by the table's name."""

from collections.abc import Mapping
from typing import Final

from stoa.insights.engine.metrics.registry import items, networks, steps
from stoa.insights.engine.metrics.registry.metric import Metric

#: What a row of each table is about.
A_ROW: Final[Mapping[str, str]] = {
    "person_course_day": "a registration and day",
    "course_day": "a course run and day",
    "day": "a day of the whole site",
    "step": "a block of a course run",
    "attrition": "a course run, group and week",
    "pace": "a course run and week",
    "video": "a MOOC video",
    "video_segment": "five seconds of a MOOC video",
    "problem": "a problem",
    "answer": "an answer to a problem",
    "reliability": "a course run",
    "item_response": "a problem",
    "rerun": "two runs of a course, one after the other",
    "network": "two courses",
    "area_network": "two areas",
    "area_balance": "an area",
    "area": "an area",
    "person": "a learner",
    "typical": "a column of the table course",
    "teachers": "an area",
}
TABLES: Final[Mapping[str, tuple[Metric, ...]]] = {
    "person_course_day": steps.PERSON_COURSE_DAY,
    "course_day": steps.COURSE_DAY,
    "day": steps.DAY,
    "step": steps.STEP,
    "attrition": steps.ATTRITION,
    "pace": steps.PACE,
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
    "typical": networks.TYPICAL,
    "teachers": networks.TEACHERS,
}
