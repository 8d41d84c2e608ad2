"""What events say about learners and courses: enrolments, credentials, scores, profiles, surveys, structures."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from stoa.insights.engine.kinds import Kind
from stoa.insights.engine.reading.events import Dictionaries, Events, user_number
from stoa.insights.engine.reading.names import course_key

Value = str | int | float | bool | None
Row = Mapping[str, Value]
VERIFIED: Final = frozenset(
    {"verified", "professional", "credit", "masters", "no-id-professional", "executive-education"}
)


@dataclass(kw_only=True)
class Statements:
    """Rows of statements, by part."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, part: str, **row: Value) -> None:
        """Keep one."""
        self.rows.setdefault(f"statements/{part}", []).append(row)


@dataclass(frozen=True, kw_only=True)
class _Said:
    """One event that says something, and where its columns are."""

    row: int
    seq: int
    kind: Kind
    event_type: str
    payload: Mapping[str, object]
    found: Events
    names: Dictionaries
    into: Statements

    def word(self, *keys: str) -> str:
        """The first of these that the payload tells."""
        found = next((self.payload[key] for key in keys if self.payload.get(key) not in {None, ""}), "")
        return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)

    def number(self, *keys: str) -> float | None:
        """The first of these that the payload tells as a number."""
        try:
            return float(self.word(*keys))
        except ValueError:
            return None

    def about(self) -> tuple[int, int]:
        """The course and the learner that this is about: the payload knows better than its surroundings."""
        told = user_number(self.word("user_id"))
        own = user_number(self.found.fields["user_id"][self.row].as_py() or "")
        if told is not None:
            same = own in {None, told}
            name = self.found.fields["username"][self.row].as_py() or "" if same else ""
            self.found.learner[self.row] = self.names.learners.number(name, told)
        if course := course_key(self.word("course_id")):
            self.found.course[self.row] = self.names.courses.number(course)
        return int(self.found.course[self.row]), int(self.found.learner[self.row])

    @property
    def when(self) -> dict[str, int]:
        """Its time and its place in the order."""
        return {"t": int(self.found.t[self.row]), "seq": self.seq}


def said(found: Events, first_seq: int, names: Dictionaries) -> Statements:
    """What these events say; sets their learner and course right where their payload knows better."""
    into = Statements()
    for row in np.flatnonzero(np.isin(found.kind, list(_SPEAKERS))).tolist():
        kind = Kind(int(found.kind[row]))
        event = _Said(
            row=row,
            seq=first_seq + row,
            kind=kind,
            event_type=found.fields["event_type"][row].as_py(),
            payload=_payload(found.fields["event"][row].as_py()),
            found=found,
            names=names,
            into=into,
        )
        _SPEAKERS[kind](event)
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
    active = event.kind is not Kind.UNENROLLED
    event.into.add("enrolments", course=course, learner=learner, active=active, mode=mode, **event.when)


def _certificate(event: _Said) -> None:
    course, learner = event.about()
    status = "downloadable" if event.kind is Kind.CERTIFIED else "revoked"
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
    _, learner = event.about()
    if event.event_type == "stoa.account.erased":
        event.into.add("profiles", learner=learner, field="erased", value="1", **event.when)
        return
    name = event.word("setting", "field")
    if name in PROFILE_FIELDS:
        value = event.word("new", "value") or None
        event.into.add("profiles", learner=learner, field=name, value=value, **event.when)


PROFILE_FIELDS: Final = frozenset(
    {
        "gender",
        "level_of_education",
        "year_of_birth",
        "country",
        "language",
        "teacher",
        "subject_taught",
        "status",
        "motive",
    }
)


def _survey(event: _Said) -> None:
    course, learner = event.about()
    survey, answers = event.word("survey"), event.payload.get("answers")
    pairs: Sequence[tuple[str, str]] = [(event.word("question"), event.word("answer"))]
    if isinstance(answers, dict):
        pairs = [
            (str(question), answer if isinstance(answer, str) else json.dumps(answer))
            for question, answer in answers.items()
        ]
    for question, answer in pairs:
        row: Row = {
            "course": course,
            "learner": learner,
            "survey": survey,
            "question": question,
            "answer": answer or None,
        }
        event.into.add("surveys", **row, **event.when)


def _described(event: _Said) -> None:
    course, _ = event.about()
    for name, value in event.payload.items():
        if name in COURSE_FIELDS and value not in {None, ""} and not isinstance(value, dict | list):
            event.into.add(
                "courses",
                course=course,
                field=name,
                value=value if isinstance(value, str) else json.dumps(value),
                **event.when,
            )


COURSE_FIELDS: Final = frozenset(
    {
        "org",
        "number",
        "run",
        "title",
        "area",
        "start",
        "end",
        "language",
        "weeks",
        "hours_a_week",
        "pass_mark",
        "self_paced",
        "previous_run",
    }
)

_SPEAKERS: Final[Mapping[Kind, Callable[[_Said], None]]] = {
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
