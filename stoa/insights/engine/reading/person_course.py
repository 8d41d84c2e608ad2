"""The person-course table of HarvardX and MITx, and edX's own (edx2bigquery): registrations as finished rows."""

import json
from functools import cache
from typing import Final

from babel import Locale

from stoa.insights.engine.reading.names import course_key
from stoa.insights.engine.reading.structures import moment
from stoa.insights.engine.reading.tables import Line
from stoa.insights.rules.bands import EDUCATION_GROUPS, age_band
from stoa.insights.rules.regions import REGIONS

NEEDED: Final = (frozenset({"course_id", "userid_DI", "registered"}), frozenset({"course_id", "viewed", "explored"}))
_TRUE: Final = frozenset({"1", "1.0", "true", "t", "yes"})
_LEVELS: Final = {
    "less than secondary": "jhs",
    "secondary": "hs",
    "associate": "a",
    "bachelor's": "b",
    "master's": "m",
    "doctorate": "p",
}
_ALIASES: Final = {
    "russian federation": "RU",
    "korea, republic of": "KR",
    "viet nam": "VN",
    "hong kong": "HK",
    "macedonia": "MK",
    "czech republic": "CZ",
    "turkey": "TR",
}
_COUNTS: Final = (
    "nevents",
    "ndays_act",
    "nchapters",
    "nplay_video",
    "nvideo",
    "npause",
    "nseek",
    "ntranscript",
    "nproblem_check",
    "nshow_answer",
    "nprogcheck",
    "nseq_goto",
    "nforum_events",
    "nforum_posts",
    "nforum_threads",
    "nforum_comments",
    "nforum_votes",
    "nforum_endorsed",
)


def registration(line: Line) -> None:
    """Keep one row, with the names and values of our own person_course."""
    course = course_key(line.word("course_id"))
    name = line.word("username", "userid_DI")
    if not course or not name:
        return
    row = {key: value for key, value in {**_who(line), **_what(line, course)}.items() if value is not None}
    line.into.add(
        "imported",
        course=line.names.courses.number(course),
        learner=line.names.learners.number(name, None),
        row=json.dumps({"course_id": course, "username": name, **row}, ensure_ascii=False),
        t=moment(line.word("last_event_DI", "last_event")) or 0,
        seq=line.seq,
    )


def _what(line: Line, course: str) -> dict[str, object]:
    viewed, explored, certified = (_true(line, name) or False for name in ("viewed", "explored", "certified"))
    org, run = _parts(course)
    status = "certified" if certified else "explored" if explored else "viewed" if viewed else "registered"
    mode = line.word("mode", "cert_mode") or None
    counts = {name: _count(line.number(name)) for name in _COUNTS}
    return {
        "org": org,
        "run": run,
        "registered": True,
        "viewed": viewed,
        "explored": explored,
        "explored_hx": explored,
        "certified": certified,
        "completed": certified,
        "verified": mode == "verified",
        "status": status,
        "mode": mode,
        "is_active": _true(line, "is_active"),
        "grade": line.number("grade"),
        "start_time": moment(line.word("start_time_DI", "start_time")),
        "first_event": moment(line.word("first_event")),
        "last_event": moment(line.word("last_event_DI", "last_event")),
        "cert_time": moment(line.word("cert_created_date")),
        "roles": line.word("roles") or None,
        **counts,
    }


def _who(line: Line) -> dict[str, object]:
    country = _country(line.word("cc_by_ip", "final_cc_cname_DI", "countryLabel", "profile_country"))
    level = _LEVELS.get(line.word("LoE_DI").lower(), line.word("LoE") or None)
    gender = line.word("gender")
    born = _count(line.number("YoB"))
    start = line.word("start_time_DI", "start_time")[:4]
    age = int(start) - born if born and start.isdigit() else None
    age = age if age is not None and age_band(age) else None
    return {
        "country": country,
        "country_from": "ip" if country else None,
        "gender": gender if gender in {"f", "m", "o"} else None,
        "education": level,
        "education_group": EDUCATION_GROUPS.get(level or ""),
        "year_of_birth": born,
        "age": age,
        "age_band": age_band(age),
        "language": line.word("language") or None,
    }


def _true(line: Line, name: str) -> bool | None:
    word = line.word(name).lower()
    return word in _TRUE if word else None


def _count(number: float | None) -> int | None:
    return None if number is None else round(number)


def _parts(course: str) -> tuple[str, str]:
    parts = course.removeprefix("course-v1:").replace("+", "/").split("/")
    return parts[0], parts[-1]


def _country(name: str) -> str | None:
    """The code of a country; what is no country ("Unknown/Other", "Other Europe") is not known."""
    return name if name in REGIONS else _codes().get(name.lower())


@cache
def _codes() -> dict[str, str]:
    names = Locale("en").territories
    return {name.lower(): code for code, name in names.items() if code in REGIONS} | _ALIASES
