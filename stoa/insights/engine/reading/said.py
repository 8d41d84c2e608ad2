"""What events say about learners and courses: enrolments, credentials, scores, profiles, surveys, structures."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.reading.columns import member
from stoa.insights.engine.reading.events import Dictionaries, Events, user_number
from stoa.insights.engine.reading.names import course_key
from stoa.insights.engine.reading.statements import PROFILE_FIELDS, VERIFIED, Row, Statements, text_of
from stoa.insights.engine.reading.structures import say, told
from stoa.insights.engine.reading.tables import as_number


@dataclass(kw_only=True, slots=True)
class _Said:
    """One event that says something, and where its columns are."""

    row: int
    seq: int
    kind: int
    event_type: str
    username: str
    user_id: int | None
    payload: Mapping[str, object]
    found: Events
    names: Dictionaries
    into: Statements

    def word(self, *keys: str) -> str:
        """The first of these that the payload tells."""
        for key in keys:
            if (found := self.payload.get(key)) is not None and found != "":
                return text_of(found)
        return ""

    def number(self, *keys: str) -> float | None:
        """The first of these that the payload tells as a number."""
        return as_number(self.word(*keys))

    def about(self) -> tuple[int, int]:
        """The course and the learner that this is about: the payload knows better than its surroundings."""
        if (told := user_number(self.word("user_id"))) is not None:
            self.found.learner[self.row] = self._whose(told)
        if course := course_key(self.word("course_id")):
            self.found.course[self.row] = self.names.courses.number(course)
        return int(self.found.course[self.row]), int(self.found.learner[self.row])

    def _whose(self, told: int) -> int:
        """Whoever has this id; the event's own user, unless that is known to be another."""
        learners = self.names.learners
        number = learners.number(self.username if self.user_id in {None, told} else "", told)
        return number if learners.may_have(number, told) else learners.number("", told)

    @property
    def when(self) -> dict[str, int]:
        """Its time and its place in the order."""
        return {"t": int(self.found.t[self.row]), "seq": self.seq}


def said(found: Events, first_seq: int, names: Dictionaries) -> Statements:
    """What these events say; sets their learner and course right where their payload knows better."""
    into = Statements()
    rows = np.flatnonzero(member(found.kind, _SPEAKERS))
    some = found.fields.select(["event_type", "username", "user_id", "event"]).take(rows).to_pydict()
    each = zip(rows.tolist(), found.kind[rows].tolist(), *some.values(), strict=True)
    for row, kind, event_type, username, user_id, event in each:
        speaker = _Said(
            row=row,
            seq=first_seq + row,
            kind=kind,
            event_type=event_type,
            username=username or "",
            user_id=user_number(user_id or ""),
            payload=_payload(event),
            found=found,
            names=names,
            into=into,
        )
        _SPEAKERS[kind](speaker)
    return into


def _payload(text: str | None) -> Mapping[str, object]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _enrolment(event: _Said) -> None:
    course, learner = event.about()
    mode = event.word("mode") or None
    event.found.flag[event.row] = int(mode in VERIFIED) if mode else -1
    active = event.kind != Kind.UNENROLLED
    event.into.add("enrolments", course=course, learner=learner, active=active, mode=mode, **event.when)


def _certificate(event: _Said) -> None:
    course, learner = event.about()
    status = "downloadable" if event.kind == Kind.CERTIFIED else "revoked"
    grade, mode = event.number("grade"), event.word("enrollment_mode", "mode") or None
    row: Row = {"course": course, "learner": learner, "status": status, "mode": mode, "grade": grade}
    event.into.add("certificates", **row, **event.when)


def _score(event: _Said) -> None:
    course, learner = event.about()
    percent = event.number("percent_grade", "percent", "grade")
    passed = _PASSED.get(event.event_type)
    if passed is None and "letter_grade" in event.payload:
        passed = bool(event.word("letter_grade"))
    event.found.a[event.row] = -1 if percent is None else int(np.clip(round(percent * 1000), -1, 1_000_000))
    event.found.flag[event.row] = -1 if passed is None else int(passed)
    event.into.add("grades", course=course, learner=learner, percent=percent, passed=passed, **event.when)


_PASSED: Final = {
    "edx.course.grade.passed.first_time": True,
    "edx.course.grade.now_passed": True,
    "edx.course.grade.now_failed": False,
}


def _profile(event: _Said) -> None:
    if event.event_type in _ROLES:
        _role(event)
        return
    _, learner = event.about()
    if event.event_type == "stoa.account.erased":
        event.into.add("profiles", learner=learner, field="erased", value="1", **event.when)
        return
    name = event.word("setting", "field")
    if name in PROFILE_FIELDS:
        value = event.word("new", "value") or None
        event.into.add("profiles", learner=learner, field=name, value=value, **event.when)


_ROLES: Final = {"stoa.role.granted": True, "stoa.role.withdrawn": False}


def _role(event: _Said) -> None:
    course, learner = event.about()
    active = _ROLES[event.event_type]
    event.into.add("roles", course=course, learner=learner, role=event.word("role"), active=active, **event.when)


def _survey(event: _Said) -> None:
    course, learner = event.about()
    survey, answers = event.word("survey"), event.payload.get("answers")
    asked = event.event_type == "stoa.survey.asked"
    pairs: Sequence[tuple[str, str]] = [("asked", "yes") if asked else (event.word("question"), event.word("answer"))]
    if isinstance(answers, dict):
        pairs = [(str(question), text_of(answer)) for question, answer in answers.items()]
    for question, answer in pairs:
        row: Row = {"course": course, "learner": learner, "survey": survey, "question": question}
        event.into.add("surveys", **row, answer=answer or None, **event.when)


def _described(event: _Said) -> None:
    course, _ = event.about()
    structure = told(event.word("course_id"), event.payload)
    say(structure, event.into, course, event.names.objects, **event.when)


_SPEAKERS: Final[Mapping[int, Callable[[_Said], None]]] = {
    Kind.ENROLLED: _enrolment,
    Kind.UNENROLLED: _enrolment,
    Kind.MODE_CHANGED: _enrolment,
    Kind.CERTIFIED: _certificate,
    Kind.CERTIFICATE_REVOKED: _certificate,
    Kind.SCORED: _score,
    Kind.PROFILE: _profile,
    Kind.SURVEY: _survey,
    Kind.DESCRIBED: _described,
}
