"""What invented runs and people say of themselves: descriptions, enrolments, profiles, answers, certificates."""

from collections.abc import Iterator, Mapping

import numpy as np

from stoa.insights.engine.demo.acts import CERTIFIED, WEEK, Acts, Stay
from stoa.insights.engine.demo.lines import server_line, username
from stoa.insights.engine.demo.people import COUNTRIES, EDUCATION, GENDERS, INTENTS, TEACHERS, Numbers, People
from stoa.insights.engine.demo.runs import AREAS, Run

Timed = tuple[int, str]
_SECOND = 1_000_000


def described(run: Run) -> Timed:
    """The run says what it is, a week before it begins."""
    t = int(run.start.timestamp() * 1e6) - WEEK * 4
    line = server_line(run, 0, t, "stoa.run.described", _description(run))
    return t, line.replace(f'"{username(0)}"', '""', 1).replace('"user_id": 1,', '"user_id": null,', 1)


def _description(run: Run) -> Mapping[str, object]:
    return {
        "org": run.org,
        "number": run.number,
        "run": run.name,
        "title": run.title,
        "area": run.area,
        "start": run.start.isoformat(),
        "end": run.end.isoformat(),
        "language": "en",
        "weeks": run.weeks,
        "hours_a_week": 4,
        "pass_mark": 0.6,
        "self_paced": False,
        "previous_run": run.previous,
        "blocks": [
            {
                "id": block.key,
                "kind": block.kind,
                "parent": block.parent,
                "chapter": f"{run.blocks[0].key.rpartition('@')[0]}@week{block.chapter + 1}",
                "position": position,
                "title": block.title,
                "minutes": block.duration / 60,
                "duration_ms": int(block.duration * 1000),
                "released": None,
                "scored": block.kind == "problem",
            }
            for position, block in enumerate(run.blocks)
        ],
    }


def of_registrants(run: Run, stays: Stay, population: People, profiled: np.ndarray) -> Iterator[Timed]:
    """Enrolment, answers and, of people who register for the first time, their profile. `profiled` is written to."""
    for row, user in enumerate(stays.who.tolist()):
        t = int(stays.registered_at[row])
        mode = "verified" if stays.verified[row] else "audit"
        payload = {"course_id": run.course_id, "user_id": user + 1, "mode": mode}
        yield t, server_line(run, user, t, "edx.course.enrollment.activated", payload)
        if not profiled[user]:
            profiled[user] = True
            yield from _profile(user, population, t + _SECOND)
        if intent := INTENTS[stays.intent[row]][0]:
            answer = {"survey": "enrolment", "question": "intent", "answer": intent}
            yield t + 2 * _SECOND, server_line(run, user, t + 2 * _SECOND, "stoa.survey.answered", answer)


def _profile(user: int, population: People, t: int) -> Iterator[Timed]:
    born = int(population.year_of_birth[user])
    said = {
        "country": COUNTRIES[population.country[user]][0],
        "gender": GENDERS[population.gender[user]][0],
        "level_of_education": EDUCATION[population.education[user]][0],
        "year_of_birth": str(born) if born else "",
        "teacher": TEACHERS[population.teacher[user]][0],
        "subject_taught": AREAS[population.subject[user]][0] if population.teacher[user] < 2 else "",  # noqa: PLR2004 -- now or was
    }
    for setting, value in said.items():
        if value:
            payload = {"setting": setting, "old": None, "new": value, "table": "auth_userprofile", "user_id": user + 1}
            yield t, server_line(None, user, t, "edx.user.settings.changed", payload)


def certificates(run: Run, stays: Stay, acts: Acts) -> Iterator[Timed]:
    """The certified get theirs an hour after their last act, the hurried at once."""
    last = np.zeros(len(stays.who), np.int64)
    np.maximum.at(last, acts.row, acts.t)
    for row in np.flatnonzero(stays.depth == CERTIFIED).tolist():
        t = int(last[row]) + (_SECOND if stays.hurried[row] else 3600 * _SECOND)
        mode = "verified" if stays.verified[row] else "honor"
        user = int(stays.who[row])
        payload = {
            "course_id": run.course_id,
            "user_id": user + 1,
            "enrollment_mode": mode,
            "certificate_id": f"{user:032x}",
        }
        yield t, server_line(run, user, t, "edx.certificate.created", payload)


def opened_chapters(acts: Acts, chapter_of: Numbers, count: int) -> Numbers:
    """How many chapters each row opened."""
    seen = acts.object >= 0
    pairs = np.unique(acts.row[seen] * 1000 + chapter_of[acts.object[seen]])
    return np.bincount(pairs // 1000, minlength=count)
